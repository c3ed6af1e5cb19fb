package dev.doorstep.agent;

import dev.doorstep.driver.Driver;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the drivers: those of the program, and those in jars beside the configuration. */
public final class Drivers {
  private static final Logger log = LoggerFactory.getLogger(Drivers.class);

  private Drivers() {}

  /**
   * All drivers, by name. One of the program wins over one of the same name from a jar.
   *
   * @param folder where jars may lie; need not exist
   * @throws IOException if the folder is there and cannot be read
   */
  public static Map<String, Driver> find(Path folder) throws IOException {
    Map<String, Driver> drivers = new TreeMap<>(builtIn());
    List<URL> jars = jars(folder);
    if (!jars.isEmpty()) {
      // Lives as long as the drivers do, which is as long as the program does.
      ClassLoader loader =
          new URLClassLoader("drivers", jars.toArray(URL[]::new), Drivers.class.getClassLoader());
      collect(ServiceLoader.load(Driver.class, loader), drivers);
    }
    return Collections.unmodifiableMap(drivers);
  }

  /** The drivers of the program alone. */
  public static Map<String, Driver> builtIn() {
    Map<String, Driver> drivers = new TreeMap<>();
    collect(ServiceLoader.load(Driver.class), drivers);
    return Collections.unmodifiableMap(drivers);
  }

  private static void collect(ServiceLoader<Driver> found, Map<String, Driver> drivers) {
    var each = found.iterator();
    while (true) {
      try {
        if (!each.hasNext()) {
          return;
        }
        Driver driver = each.next();
        drivers.putIfAbsent(driver.info().name(), driver);
      } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
        log.error("a driver cannot be loaded: {}", e.toString()); // the others can
      }
    }
  }

  private static List<URL> jars(Path folder) throws IOException {
    List<URL> jars = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
        for (Path file : files) {
          jars.add(url(file));
        }
      }
    }
    return jars;
  }

  private static URL url(Path file) throws MalformedURLException {
    return file.toUri().toURL();
  }
}
