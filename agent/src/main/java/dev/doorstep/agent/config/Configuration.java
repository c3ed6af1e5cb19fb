package dev.doorstep.agent.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.mqtt.BrokerAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The configuration of a point.
 *
 * @param point what the point is
 * @param mqtt where its broker is
 * @param data the folder of journal, keys and logs; absent means {@code data}. {@link
 *     ConfigurationFile} resolves it against the folder of the file
 * @param local the server for this machine alone
 * @param screen the server of the resident's screen
 * @param language {@code zh} or {@code en}: the language of notes and recoveries; absent means the
 *     machine's
 * @param devices the devices, in the order in which they are announced
 */
public record Configuration(
    PointSettings point,
    MqttSettings mqtt,
    Path data,
    LocalSettings local,
    ScreenSettings screen,
    Optional<String> language,
    List<DeviceEntry> devices) {
  /** Fills in what may be left out. */
  public Configuration {
    Objects.requireNonNull(point, "point is missing");
    Objects.requireNonNull(mqtt, "mqtt is missing");
    data = Objects.requireNonNullElse(data, Path.of("data"));
    local = Objects.requireNonNullElse(local, new LocalSettings(LocalSettings.DEFAULT_PORT));
    screen = Objects.requireNonNullElse(screen, new ScreenSettings(ScreenSettings.DEFAULT_PORT));
    if (language.isPresent() && !List.of("zh", "en").contains(language.get())) {
      throw new IllegalArgumentException("language must be zh or en");
    }
    devices = List.copyOf(Objects.requireNonNullElse(devices, List.of()));
  }

  /**
   * What a point is.
   *
   * @param id its name in topics, a valid name
   * @param name its name for people
   * @param address where it is, for people
   * @param area the area's code, six digits (GB/T 2260)
   * @param location longitude and latitude in degrees (WGS 84), or empty
   * @param hours opening hours, as in OpenStreetMap
   */
  public record PointSettings(
      String id,
      Optional<String> name,
      Optional<String> address,
      Optional<String> area,
      List<Double> location,
      Optional<String> hours) {
    /** Checks every member. */
    public PointSettings {
      Names.check("id", Objects.requireNonNull(id, "id of the point is missing"));
      if (area.isPresent() && !area.get().matches("[0-9]{6}")) {
        throw new IllegalArgumentException("area must be six digits in quotes");
      }
      location = List.copyOf(Objects.requireNonNullElse(location, List.of()));
      if (!location.isEmpty() && !onEarth(location)) {
        throw new IllegalArgumentException("location must be [longitude, latitude] in degrees");
      }
    }

    private static boolean onEarth(List<Double> location) {
      return location.size() == 2
          && Math.abs(location.get(0)) <= 180
          && Math.abs(location.get(1)) <= 90;
    }
  }

  /**
   * Where the broker is.
   *
   * @param url such as {@code mqtt://127.0.0.1:1883}; without a port 1883
   * @param username the user to log in as
   * @param passwordFile a file whose first line is the password
   */
  public record MqttSettings(
      URI url,
      Optional<String> username,
      @JsonProperty("password-file") Optional<Path> passwordFile) {
    /** Checks the address. */
    public MqttSettings {
      Objects.requireNonNull(url, "url is missing");
      try {
        BrokerAddress.of(url);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("url must be like mqtt://127.0.0.1:1883", e);
      }
    }
  }

  /**
   * The server for this machine alone: health, metrics, the command line.
   *
   * @param port 1 to 65 535 on the loopback address; 0 takes any that is free
   */
  public record LocalSettings(Integer port) {
    /** The port where none is configured. */
    public static final int DEFAULT_PORT = 7788;

    /** Checks the range; absent means the usual one. */
    public LocalSettings {
      port = checkedPort(port, DEFAULT_PORT);
    }
  }

  /**
   * The server of the resident's screen; it runs where a device is on {@code screen:}.
   *
   * @param port 1 to 65 535 on the loopback address; 0 takes any that is free
   */
  public record ScreenSettings(Integer port) {
    /** The port where none is configured. */
    public static final int DEFAULT_PORT = 7789;

    /** Checks the range; absent means the usual one. */
    public ScreenSettings {
      port = checkedPort(port, DEFAULT_PORT);
    }
  }

  private static Integer checkedPort(Integer given, int absent) {
    int port = Objects.requireNonNullElse(given, absent);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be 0 to 65535");
    }
    return port;
  }
}
