package dev.doorstep.driver.escpos;

import dev.doorstep.protocol.Tables;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * How a model differs from others, from {@code models.properties}.
 *
 * @param charset of its Chinese text
 * @param dots how many it prints side by side
 * @param signs what its status bits mean, the most telling first; empty if it has no status
 * @param clear in hex, what makes it forget in real time what it has not printed yet; may be empty
 */
record PrinterModel(Charset charset, int dots, List<Sign> signs, String clear) {
  /** The model of devices whose configuration names none. */
  static final String DEFAULT = "epson-tm";

  private static final String STANDARD_DOTS = "576"; // 72 mm of a roll of 80
  private static final Properties MODELS = Tables.read(PrinterModel.class, "models.properties");

  /** What a bit of the status says. */
  enum Meaning {
    COVER_OPEN,
    OUT_OF_PAPER,
    PAPER_LOW,
    CUTTER_FAULT,
    DEVICE_FAULT,
    /** It goes on by itself: nothing to tell, and what stands behind it follows from it. */
    TRANSIENT
  }

  /**
   * Bits of an answer, any of which says so.
   *
   * @param query the n of 10 04 n
   * @param mask the bits
   */
  record Sign(int query, int mask, Meaning meaning) {}

  /** Copies the list. */
  PrinterModel {
    signs = List.copyOf(signs);
  }

  /** What makes it forget what it has not printed yet; no bytes if it cannot. */
  byte[] clearing() {
    return HexFormat.of().parseHex(clear.replace(" ", ""));
  }

  /** A model by its name, or empty if there is no such model. */
  static Optional<PrinterModel> named(String name) {
    return Optional.ofNullable(MODELS.getProperty(name + ".charset"))
        .map(
            charset ->
                new PrinterModel(
                    Charset.forName(charset),
                    Integer.parseInt(MODELS.getProperty(name + ".dots", STANDARD_DOTS)),
                    signs(MODELS.getProperty(name + ".status", "")),
                    MODELS.getProperty(name + ".clear", "")));
  }

  /** The names of all models. */
  static List<String> names() {
    return MODELS.stringPropertyNames().stream()
        .filter(key -> key.endsWith(".charset"))
        .map(key -> key.substring(0, key.lastIndexOf('.')))
        .sorted()
        .toList();
  }

  private static List<Sign> signs(String table) {
    return Arrays.stream(table.split(",", -1))
        .map(String::strip)
        .filter(sign -> !sign.isEmpty())
        .map(sign -> sign.split("[: ]+", 3))
        .map(
            sign ->
                new Sign(
                    Integer.parseInt(sign[0]),
                    Integer.parseInt(sign[1], 16),
                    Meaning.valueOf(sign[2])))
        .toList();
  }
}
