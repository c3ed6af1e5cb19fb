package dev.doorstep.simulator.device;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.BiConsumer;

/** Bytes for tests. */
final class Samples {

  static final String FIND = "aa aa aa 96 69 00 03 20 01 22";
  static final String SELECT = "aa aa aa 96 69 00 03 20 02 21";
  static final String READ = "aa aa aa 96 69 00 03 30 01 32";
  static final String FOUND = "aa aa aa 96 69 00 08 00 00 9f 00 00 00 00 97";
  static final String NO_CARD = "aa aa aa 96 69 00 04 00 00 80 84";

  private Samples() {}

  static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] chinese(String text) {
    return text.getBytes(Charset.forName("GB18030"));
  }

  static byte[] join(byte[]... parts) {
    byte[] all = {};
    for (byte[] part : parts) {
      all = Bytes.join(all, part);
    }
    return all;
  }

  /** Calls back with each piece of the bytes, all but the last of this size. */
  static void inPieces(byte[] bytes, int size, Wire wire, BiConsumer<byte[], Wire> receiver) {
    for (int from = 0; from < bytes.length; from += size) {
      receiver.accept(Arrays.copyOfRange(bytes, from, Math.min(from + size, bytes.length)), wire);
    }
  }

  /** GS ( k: a QR code with modules of eight dots and error correction M. */
  static byte[] qr(byte[] content) {
    int p = content.length + 3;
    return join(
        hex("1d286b0400 31413200 1d286b0300 314308 1d286b0300 314531 1d286b"),
        new byte[] {(byte) p, (byte) (p >> 8)},
        hex("315030"),
        content,
        hex("1d286b0300 315130"));
  }
}
