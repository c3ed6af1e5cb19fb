package dev.doorstep.agent;

import java.util.Objects;

/** The version of the program, from its jar. */
public final class Version {
  private Version() {}

  /** Such as {@code 1.0.0}; {@code development} where it does not run from a jar. */
  public static String text() {
    return Objects.requireNonNullElse(
        Version.class.getPackage().getImplementationVersion(), "development");
  }
}
