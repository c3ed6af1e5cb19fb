package dev.doorstep.protocol.operation;

import dev.doorstep.protocol.Tables;
import java.util.Optional;
import java.util.Properties;

/** The ethnic groups of GB/T 3304, from {@code nations.properties}. */
final class Nations {
  private static final Properties NAMES = Tables.read(Nations.class, "nations.properties");

  private Nations() {}

  /** The name of a code; empty if the standard does not have it. */
  static Optional<String> name(String code) {
    return Optional.ofNullable(NAMES.getProperty(code));
  }
}
