package dev.doorstep.simulator.testing;

import dev.doorstep.simulator.device.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * A program of this machine that tests use.
 *
 * @param name the program's name
 */
record Component(String name) {

  private static final Properties PACKAGES = packages();

  boolean installed() {
    return Programs.find(name).isPresent();
  }

  /** The command that installs it on Debian. */
  String installation() {
    return "apt-get install " + PACKAGES.getProperty(name, name);
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
