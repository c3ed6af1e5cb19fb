package dev.doorstep.driver.samidcard;

import dev.doorstep.protocol.operation.IdCard;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/** The ethnic groups of GB/T 3304, from {@code nations.properties}. */
final class Nations {
  private static final Properties NAMES = load();

  private Nations() {}

  /** The group of a code; a code that the standard does not have keeps no name. */
  static IdCard.Nation of(String code) {
    return new IdCard.Nation(code, Optional.ofNullable(NAMES.getProperty(code)));
  }

  private static Properties load() {
    try (Reader reader =
        new InputStreamReader(
            Objects.requireNonNull(Nations.class.getResourceAsStream("nations.properties")),
            StandardCharsets.UTF_8)) {
      Properties names = new Properties();
      names.load(reader);
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
