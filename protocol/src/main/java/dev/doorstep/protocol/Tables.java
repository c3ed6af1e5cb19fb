package dev.doorstep.protocol;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;

/** Tables of data that stand as {@code .properties} in UTF-8 beside the class that uses them. */
public final class Tables {
  private Tables() {}

  /**
   * Reads a table.
   *
   * @param anchor a class of the package that has it
   * @param name the file's name
   * @throws NullPointerException if there is no such file
   */
  public static Properties read(Class<?> anchor, String name) {
    try (Reader reader =
        new InputStreamReader(
            Objects.requireNonNull(anchor.getResourceAsStream(name), name),
            StandardCharsets.UTF_8)) {
      Properties table = new Properties();
      table.load(reader);
      return table;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
