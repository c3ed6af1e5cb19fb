package dev.doorstep.agent.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.mqtt.BrokerAddress;
import dev.doorstep.protocol.mqtt.TlsFiles;
import io.netty.util.NetUtil;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
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
    screen =
        Objects.requireNonNullElse(
            screen, new ScreenSettings(ScreenSettings.DEFAULT_PORT, Optional.empty()));
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
   * @param url such as {@code mqtt://127.0.0.1:1883}, without a port 1883; or {@code
   *     mqtts://broker.example}, without a port 8883
   * @param username the user to log in as
   * @param passwordFile a file whose text is the password
   * @param tls the files for {@code mqtts://}
   * @param longestPause the longest pause between two attempts to connect, PT0.5S to PT1H; absent
   *     means PT30S
   */
  public record MqttSettings(
      URI url,
      Optional<String> username,
      @JsonProperty("password-file") Optional<Path> passwordFile,
      Optional<TlsSettings> tls,
      @JsonProperty("longest-pause") Duration longestPause) {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration SHORTEST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofHours(1);

    /** Checks the address and the pause. */
    public MqttSettings {
      longestPause = Objects.requireNonNullElse(longestPause, LONGEST_PAUSE);
      if (longestPause.compareTo(SHORTEST) < 0 || longestPause.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("longest-pause must be PT0.5S to PT1H");
      }
      Objects.requireNonNull(url, "url is missing");
      BrokerAddress address;
      try {
        address = BrokerAddress.of(url);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("url must be like mqtt://127.0.0.1:1883", e);
      }
      if (tls.isPresent() && !address.secured()) {
        throw new IllegalArgumentException("url must begin with mqtts:// where tls is set");
      }
    }

    /** The address in {@code url}. */
    public BrokerAddress address() {
      return BrokerAddress.of(url);
    }

    /** The files for TLS. */
    public TlsFiles tlsFiles() {
      return tls.map(TlsSettings::files).orElse(TlsFiles.NONE);
    }

    /** With relative paths from a file's folder. */
    MqttSettings resolved(Path file) {
      return new MqttSettings(
          url,
          username,
          passwordFile.map(file::resolveSibling),
          tls.map(settings -> settings.resolved(file)),
          longestPause);
    }
  }

  /**
   * The files for TLS with the broker, as {@link TlsFiles} tells.
   *
   * @param trust the authorities of the broker's certificate; absent means those of Java
   * @param trustPasswordFile the password of a {@code trust} in PKCS#12
   * @param certificate the point's certificate as PEM, or certificate and key as PKCS#12
   * @param key the point's private key as PEM
   * @param passwordFile the password of the key or of the PKCS#12 store
   */
  public record TlsSettings(
      Optional<Path> trust,
      @JsonProperty("trust-password-file") Optional<Path> trustPasswordFile,
      Optional<Path> certificate,
      Optional<Path> key,
      @JsonProperty("password-file") Optional<Path> passwordFile) {
    /** Checks what belongs together. */
    public TlsSettings {
      var unused = new TlsFiles(trust, trustPasswordFile, certificate, key, passwordFile);
    }

    TlsFiles files() {
      return new TlsFiles(trust, trustPasswordFile, certificate, key, passwordFile);
    }

    TlsSettings resolved(Path file) {
      return new TlsSettings(
          trust.map(file::resolveSibling),
          trustPasswordFile.map(file::resolveSibling),
          certificate.map(file::resolveSibling),
          key.map(file::resolveSibling),
          passwordFile.map(file::resolveSibling));
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
   * @param network this machine's address on the counter's network, over which paired tablets open
   *     the screens, too; {@code 0.0.0.0} for all that it has. Absent means no tablets
   */
  public record ScreenSettings(Integer port, Optional<String> network) {
    /** The port where none is configured. */
    public static final int DEFAULT_PORT = 7789;

    /** Checks the range and the address; absent means the usual port. */
    public ScreenSettings {
      port = checkedPort(port, DEFAULT_PORT);
      if (network.isPresent()
          && !NetUtil.isValidIpV4Address(network.get())
          && !NetUtil.isValidIpV6Address(network.get())) {
        throw new IllegalArgumentException("network must be an IP address of this machine");
      }
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
