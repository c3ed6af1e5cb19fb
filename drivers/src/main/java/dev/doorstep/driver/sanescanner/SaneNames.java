package dev.doorstep.driver.sanescanner;

import dev.doorstep.protocol.Tables;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What back ends call the same thing, from {@code names.properties}: the standard names no values.
 */
final class SaneNames {
  private static final Properties NAMES = Tables.read(SaneNames.class, "names.properties");

  private SaneNames() {}

  /**
   * The first of the names of a thing that a scanner has.
   *
   * @param thing such as {@code feeder}
   * @param offered the values of the scanner's option
   */
  static Optional<String> find(String thing, List<String> offered) {
    return Stream.of(NAMES.getProperty(thing).split("\\|"))
        .map(String::strip)
        .flatMap(name -> offered.stream().filter(name::equalsIgnoreCase))
        .findFirst();
  }
}
