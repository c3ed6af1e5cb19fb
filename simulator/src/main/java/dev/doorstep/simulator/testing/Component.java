package dev.doorstep.simulator.testing;

import dev.doorstep.simulator.device.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * A program of this machine that tests use, or a library of its own for one.
 *
 * @param name the program's or library's name
 */
record Component(String name) {

  private static final Properties PACKAGES = packages();

  boolean installed() {
    String file = PACKAGES.getProperty(name + ".file");
    return file == null ? Programs.find(name).isPresent() : Files.exists(Path.of(file));
  }

  /** The command that installs it on Debian. */
  String installation() {
    return PACKAGES.getProperty(
        name + ".command", "apt-get install " + PACKAGES.getProperty(name, name));
  }

  private static Properties packages() {
    Properties packages = new Properties();
    try (InputStream in = Component.class.getResourceAsStream("components.properties")) {
      packages.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packages;
  }
}
