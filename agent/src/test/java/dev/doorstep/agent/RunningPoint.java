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
    return start(write(folder, broker, devices));
  }

  /** An agent as a file says. */
  public static Agent start(Path file) throws Exception {
    Map<String, Driver> drivers = Drivers.builtIn();
    return Agent.start(new ConfigurationFile(file, drivers).read(), drivers);
  }

  /** The file of such a configuration, with any ports that are free. */
  public static Path write(Path folder, String broker, String devices) throws Exception {
    return writeWith(folder, "url: \"" + broker + "\"", devices);
  }

  /** As {@link #write}, with all that stands below {@code mqtt}. */
  public static Path writeWith(Path folder, String mqtt, String devices) throws Exception {
    return Files.writeString(
        folder.resolve("doorstep.yaml"),
        """
        point: {id: P, name: 测试服务点}
        mqtt: {%s, longest-pause: PT1S}
        local: {port: 0}
        screen: {port: 0}
        language: en
        devices:
        %s
        """
            .formatted(mqtt, devices.indent(2)));
  }
}
