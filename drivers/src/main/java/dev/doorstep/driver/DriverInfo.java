package dev.doorstep.driver;

import java.util.Set;

/**
 * What a driver is for.
 *
 * @param name the name in the configuration, such as {@code sam-id-card}
 * @param kind what its devices are, such as {@code id-card-reader}
 * @param schemes the connections it takes, such as {@code serial}, {@code tcp}
 * @param options the keys of its own that a device's configuration may have, such as {@code model}
 */
public record DriverInfo(String name, String kind, Set<String> schemes, Set<String> options) {
  /** Copies the sets. */
  public DriverInfo {
    schemes = Set.copyOf(schemes);
    options = Set.copyOf(options);
  }
}
