package dev.doorstep.protocol.operation;

import java.time.Duration;
import java.util.Objects;

/** The range of every parameter that says how long to wait for a person. */
final class Waits {
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private Waits() {}

  /** Gives {@code wait}, or the default where it was left out. */
  static Duration check(Duration wait, Duration absent) {
    Duration checked = Objects.requireNonNullElse(wait, absent);
    if (checked.isNegative() || checked.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("wait must be PT0S to PT15M");
    }
    return checked;
  }
}
