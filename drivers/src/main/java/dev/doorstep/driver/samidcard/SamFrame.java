package dev.doorstep.driver.samidcard;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * A response of the reader: preamble (bytes 0–4), length (5–6), SW1 SW2 (7–8), SW3 (9), data (10
 * …), checksum (the last).
 */
final class SamFrame {
  /** SW3 of a request that was carried out. */
  static final int OK = 0x90;

  /** SW3 where a card was found. */
  static final int FOUND = 0x9F;

  /** SW3 where the card has nothing of the kind. */
  static final int NO_CONTENT = 0x91;

  /** SW3 where no card was found, or the one that lies there was read before. */
  static final int NOT_FOUND = 0x80;

  /** SW3 where the card that was found could not be selected. */
  static final int NOT_SELECTED = 0x81;

  private static final byte[] PREAMBLE = {(byte) 0xAA, (byte) 0xAA, (byte) 0xAA, (byte) 0x96, 0x69};
  private static final int SHORTEST = 4;

  /** The longest answer is that of 30 10: 2321 bytes in all. */
  private static final int LONGEST = 2321 - 7;

  /** More than the longest answer: what is not a frame by then will not become one. */
  private static final int MOST_NOISE = 4096;

  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

  private final int sw3;
  private final byte[] data;

  private SamFrame(int sw3, byte[] data) {
    this.sw3 = sw3;
    this.data = data;
  }

  /** Where the bytes come from, one by one. */
  interface Source {
    int next() throws DeviceException;
  }

  /** A request without data. */
  static byte[] request(SamCommand command) {
    ByteBuffer bytes = ByteBuffer.allocate(10).put(PREAMBLE).putShort((short) 3);
    bytes.putShort((short) command.code());
    return bytes.put((byte) checksum(bytes.array(), 5, 9)).array();
  }

  /**
   * Reads the next response, passing over noise before it.
   *
   * @throws DeviceException {@code GARBLED} if the length or the checksum is wrong, or nothing but
   *     noise comes; whatever the source throws
   */
  static SamFrame read(Source source) throws DeviceException {
    skipToPreamble(source);
    int high = source.next();
    int length = (high << 8) | source.next();
    if (length < SHORTEST || length > LONGEST) {
      throw new DeviceException(
          ErrorCode.GARBLED,
          "a length of %d in %s %04X".formatted(length, HEX.formatHex(PREAMBLE), length));
    }
    byte[] body = new byte[2 + length];
    body[0] = (byte) high;
    body[1] = (byte) length;
    for (int i = 2; i < body.length; i++) {
      body[i] = (byte) source.next();
    }
    int computed = checksum(body, 0, body.length - 1);
    if (computed != (body[body.length - 1] & 0xFF)) {
      // The head alone: what follows is a person's data.
      throw new DeviceException(
          ErrorCode.GARBLED,
          "checksum %02X where %02X was computed, of a frame that begins %s %s"
              .formatted(
                  body[body.length - 1],
                  computed,
                  HEX.formatHex(PREAMBLE),
                  HEX.formatHex(body, 0, 5)));
    }
    byte[] data = new byte[length - SHORTEST];
    System.arraycopy(body, 5, data, 0, data.length);
    return new SamFrame(body[4] & 0xFF, data);
  }

  /** The reader's status. */
  int sw3() {
    return sw3;
  }

  /** What follows the status: not a copy, not to be changed. */
  byte[] data() {
    return data;
  }

  /** The status and how much data: never the data, which is personal. */
  @Override
  public String toString() {
    return "SamFrame[SW3 %02X, %d bytes]".formatted(sw3, data.length);
  }

  private static void skipToPreamble(Source source) throws DeviceException {
    int matched = 0;
    for (int skipped = -PREAMBLE.length; skipped < MOST_NOISE; skipped++) {
      int next = source.next();
      if (next == (PREAMBLE[matched] & 0xFF)) {
        matched++;
      } else if (next == 0xAA) {
        matched = matched == 3 ? 3 : 1; // a fourth AA: the last three of them still count
      } else {
        matched = 0;
      }
      if (matched == PREAMBLE.length) {
        return;
      }
    }
    throw new DeviceException(ErrorCode.GARBLED, MOST_NOISE + " bytes without a preamble");
  }

  private static int checksum(byte[] bytes, int from, int to) {
    int sum = 0;
    for (int i = from; i < to; i++) {
      sum ^= bytes[i];
    }
    return sum & 0xFF;
  }
}
