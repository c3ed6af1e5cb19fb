package dev.doorstep.agent.cli;

import dev.doorstep.agent.Drivers;
import dev.doorstep.agent.config.Configuration;
import dev.doorstep.agent.config.ConfigurationException;
import dev.doorstep.agent.config.ConfigurationFile;
import dev.doorstep.driver.Driver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A configuration with the drivers that it was checked against.
 *
 * @param configuration the configuration
 * @param drivers the drivers, by name
 */
record LoadedConfiguration(Configuration configuration, Map<String, Driver> drivers) {
  LoadedConfiguration {
    drivers = Map.copyOf(drivers);
  }

  /** Reads a file, with the drivers of the program and of the folder beside the file. */
  static LoadedConfiguration read(Path file) throws ConfigurationException {
    Path jars = file.toAbsolutePath().resolveSibling("drivers");
    try {
      Map<String, Driver> drivers = Drivers.find(jars);
      return new LoadedConfiguration(new ConfigurationFile(file, drivers).read(), drivers);
    } catch (IOException e) {
      throw new ConfigurationException("the folder " + jars + " cannot be read: " + e);
    }
  }
}
