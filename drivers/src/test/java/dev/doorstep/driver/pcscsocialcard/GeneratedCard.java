package dev.doorstep.driver.pcscsocialcard;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** The records of a card of nobody: tag to value, file by file. */
final class GeneratedCard {
  static final String NAME = "证件样本";
  static final String NUMBER = "11010519491231002X";

  private final Map<Integer, Map<Integer, byte[]>> files = new LinkedHashMap<>();

  /** A card of an invented person. */
  static GeneratedCard specimen() {
    return new GeneratedCard()
        .with(0xEF05, 0x01, hex("310000D15600000500000000000A1B2C"))
        .with(0xEF05, 0x02, "1".getBytes(StandardCharsets.US_ASCII))
        .with(0xEF05, 0x03, "2.00".getBytes(StandardCharsets.US_ASCII))
        .with(0xEF05, 0x04, hex("9131000000000000FFFFFFFF"))
        .with(0xEF05, 0x05, hex("20120506"))
        .with(0xEF05, 0x06, hex("20220506"))
        .with(0xEF05, 0x07, padded("A1234567", 9))
        .with(0xEF06, 0x08, padded(NUMBER, 18))
        .with(0xEF06, 0x09, padded(NAME, 30))
        .with(0xEF06, 0x0A, "2".getBytes(StandardCharsets.US_ASCII))
        .with(0xEF06, 0x0B, hex("01"))
        .with(0xEF06, 0x0C, hex("110105"))
        .with(0xEF06, 0x0D, hex("19491231"));
  }

  GeneratedCard with(int file, int tag, byte[] value) {
    files.computeIfAbsent(file, f -> new LinkedHashMap<>()).put(tag, value);
    return this;
  }

  /** One after the other: file (2), tag (1), length (1), value; as an applet is installed with. */
  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    files.forEach(
        (file, records) ->
            records.forEach(
                (tag, value) -> {
                  bytes.write(file >> 8);
                  bytes.write(file);
                  bytes.write(tag);
                  bytes.write(value.length);
                  bytes.writeBytes(value);
                }));
    return bytes.toByteArray();
  }

  static byte[] padded(String text, int length) {
    return Arrays.copyOf(text.getBytes(Charset.forName("GBK")), length);
  }

  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
