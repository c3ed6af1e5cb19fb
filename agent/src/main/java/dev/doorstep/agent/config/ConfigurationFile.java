package dev.doorstep.agent.config;

import dev.doorstep.driver.Driver;
import dev.doorstep.driver.DriverInfo;
import dev.doorstep.driver.transport.Connection;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads {@code doorstep.yaml}, checks it against the drivers and says where it is wrong. */
public final class ConfigurationFile {
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();
  private static final long LARGEST = 1 << 20;

  /** What one device alone can have: the second would take it from the first, again and again. */
  private static final Set<String> HELD = Set.of("screen", "serial", "usb");

  private final Path file;
  private final Map<String, Driver> drivers;

  /**
   * A file that is read with the drivers that there are.
   *
   * @param drivers by name
   */
  public ConfigurationFile(Path file, Map<String, Driver> drivers) {
    this.file = file;
    this.drivers = new TreeMap<>(drivers);
  }

  /**
   * Reads it. Relative paths in it start at its folder.
   *
   * @throws ConfigurationException that names file, line and column
   */
  public Configuration read() throws ConfigurationException {
    String yaml = text();
    YamlPlaces places;
    try {
      places = YamlPlaces.of(yaml);
    } catch (MarkedYamlEngineException e) {
      String place = e.getProblemMark().map(YamlPlaces::text).orElse("line 1, column 1");
      throw wrong(place, "no YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw wrong("line 1, column 1", "no YAML: " + e.getMessage());
    }
    Configuration configuration =
        bind(yaml, places)
            .orElseThrow(
                () -> wrong("line 1, column 1", "the file is empty; point and mqtt are needed"));
    checkDevices(configuration.devices(), places);
    return resolved(configuration);
  }

  private String text() throws ConfigurationException {
    try {
      if (Files.size(file) > LARGEST) {
        throw new ConfigurationException(file + ": larger than 1 MiB; this is no configuration");
      }
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new ConfigurationException(file + ": not in UTF-8; save it as UTF-8");
    } catch (IOException e) {
      throw new ConfigurationException(
          file + ": cannot be read (" + e.getClass().getSimpleName() + "); check path and rights");
    }
  }

  /** Empty if nothing stands there, or null, as behind {@code ---}. */
  private Optional<Configuration> bind(String yaml, YamlPlaces places)
      throws ConfigurationException {
    try {
      return places.isEmpty()
          ? Optional.empty()
          : Optional.ofNullable(MAPPER.readValue(yaml, Configuration.class));
    } catch (DatabindException e) {
      List<Object> path = path(e);
      if (e instanceof ValueInstantiationException) {
        path.add(problem(e).split(" ", 2)[0]); // our records' words begin with the key
      }
      boolean unknown = e instanceof UnrecognizedPropertyException;
      throw wrong(places.find(path, unknown), problem(e));
    } catch (JacksonException e) {
      var place = e.getLocation();
      throw wrong(
          "line " + place.getLineNr() + ", column " + place.getColumnNr(),
          "no YAML: " + e.getOriginalMessage());
    }
  }

  private static List<Object> path(DatabindException e) {
    List<Object> path = new ArrayList<>();
    for (JacksonException.Reference step : e.getPath()) {
      path.add(step.getPropertyName() == null ? (Object) step.getIndex() : step.getPropertyName());
    }
    return path;
  }

  private static String problem(DatabindException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "unknown key "
          + unknown.getPropertyName()
          + "; known here: "
          + String.join(
              " ",
              new TreeSet<>(unknown.getKnownPropertyIds().stream().map(String::valueOf).toList()));
    }
    if (e instanceof ValueInstantiationException && e.getCause() != null) {
      return Objects.requireNonNullElse(e.getCause().getMessage(), "a value is missing here");
    }
    if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
      return form(mismatch.getTargetType()) + " is needed here";
    }
    return e.getOriginalMessage();
  }

  private static String form(Class<?> type) {
    if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
      return "a number";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "a list";
    }
    return type.isRecord() ? "a group of keys" : "a text";
  }

  private void checkDevices(List<DeviceEntry> devices, YamlPlaces places)
      throws ConfigurationException {
    Set<String> ids = new HashSet<>();
    Map<Connection, String> holders = new HashMap<>();
    for (int i = 0; i < devices.size(); i++) {
      DeviceEntry device = devices.get(i);
      if (!ids.add(device.id())) {
        throw wrong(
            places.find(List.of("devices", i, "id"), false),
            "a second device has the name " + device.id());
      }
      Driver driver = drivers.get(device.driver());
      if (driver == null) {
        throw wrong(
            places.find(List.of("devices", i, "driver"), false),
            "no driver " + device.driver() + "; there are " + String.join(" ", drivers.keySet()));
      }
      DriverInfo info = driver.info();
      if (!info.schemes().contains(device.connection().scheme())) {
        throw wrong(
            places.find(List.of("devices", i, "connection"), false),
            device.driver()
                + " takes the connections "
                + String.join(": ", new TreeSet<>(info.schemes()))
                + ":");
      }
      String holder =
          HELD.contains(device.connection().scheme())
              ? holders.putIfAbsent(device.connection(), device.id())
              : null;
      if (holder != null) {
        throw wrong(
            places.find(List.of("devices", i, "connection"), false),
            "%s is the connection of the device %s; only one can have it"
                .formatted(device.connection(), holder));
      }
      for (String option : device.options().keySet()) {
        if (!info.options().contains(option)) {
          Set<String> known = new TreeSet<>(info.options());
          known.addAll(List.of("id", "driver", "connection"));
          throw wrong(
              places.find(List.of("devices", i, option), true),
              "unknown key " + option + "; known here: " + String.join(" ", known));
        }
      }
    }
  }

  private Configuration resolved(Configuration read) {
    Path here = file.toAbsolutePath();
    return new Configuration(
        read.point(),
        read.mqtt().resolved(here),
        here.resolveSibling(read.data()),
        read.local(),
        read.screen(),
        read.language(),
        read.devices());
  }

  private ConfigurationException wrong(String place, String what) {
    return new ConfigurationException(file + ": " + place + ": " + what);
  }
}
