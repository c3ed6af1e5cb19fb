package dev.doorstep.agent.config;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.doorstep.driver.DeviceSettings;
import dev.doorstep.driver.transport.Connection;
import dev.doorstep.protocol.Names;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One device of the configuration.
 *
 * @param id its name in topics, a valid name other than {@code agent}
 * @param driver the driver's name
 * @param connection where it is
 * @param options the driver's own keys, checked against what the driver takes
 */
public record DeviceEntry(
    String id, String driver, Connection connection, Map<String, String> options) {
  /** Checks every member. */
  @JsonCreator
  public DeviceEntry(
      @JsonProperty("id") String id,
      @JsonProperty("driver") String driver,
      @JsonProperty("connection") Connection connection,
      @JsonAnySetter Map<String, String> options) {
    this.id = Names.check("id", Objects.requireNonNull(id, "id of a device is missing"));
    if (id.equals("agent")) {
      throw new IllegalArgumentException("id agent is the agent's own");
    }
    this.driver = Objects.requireNonNull(driver, "driver of device " + id + " is missing");
    this.connection =
        Objects.requireNonNull(connection, "connection of device " + id + " is missing");
    this.options = Map.copyOf(Objects.requireNonNullElseGet(options, LinkedHashMap::new));
  }

  /** The settings that the driver gets. */
  public DeviceSettings settings() {
    return new DeviceSettings(id, connection, options);
  }
}
