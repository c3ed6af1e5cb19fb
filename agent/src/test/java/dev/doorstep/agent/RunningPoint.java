package dev.doorstep.agent;

import dev.doorstep.agent.config.ConfigurationFile;
import dev.doorstep.driver.Driver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Starts agents of the tests from configurations as a technician writes them. */
public final class RunningPoint {
  private RunningPoint() {}

  /** An agent named {@code P} at a broker, with devices as in the configuration. */
  public static Agent start(Path folder, String broker, String devices) throws Exception {
    Map<String, Driver> drivers = Drivers.builtIn();
    return Agent.start(
        new ConfigurationFile(write(folder, broker, devices), drivers).read(), drivers);
  }

  /** The file of such a configuration, with any ports that are free. */
  public static Path write(Path folder, String broker, String devices) throws Exception {
    return Files.writeString(
        folder.resolve("doorstep.yaml"),
        """
        point: {id: P, name: 测试服务点}
        mqtt: {url: "%s"}
        local: {port: 0}
        screen: {port: 0}
        language: en
        devices:
        %s
        """
            .formatted(broker, devices.indent(2)));
  }
}
