package dev.doorstep.driver;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The point's clock as results tell it. */
public final class PointTime {
  private PointTime() {}

  /** Now, to the millisecond: more is no truth about when a person did something. */
  public static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
