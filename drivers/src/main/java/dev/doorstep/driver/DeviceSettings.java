package dev.doorstep.driver;

import dev.doorstep.driver.transport.Connection;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration of a device.
 *
 * @param id its name at the point
 * @param connection where it is
 * @param options the driver's own keys, such as {@code model}
 */
public record DeviceSettings(String id, Connection connection, Map<String, String> options) {
  /** Copies the options. */
  public DeviceSettings {
    options = Map.copyOf(options);
  }

  /** One of the driver's own keys. */
  public Optional<String> option(String key) {
    return Optional.ofNullable(options.get(key));
  }
}
