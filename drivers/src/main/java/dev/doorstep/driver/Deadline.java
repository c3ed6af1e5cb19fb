package dev.doorstep.driver;

import java.time.Duration;

/** A moment by which something must be done, on the machine's monotonic clock. Immutable. */
public final class Deadline {
  private final long nanos;

  private Deadline(long nanos) {
    this.nanos = nanos;
  }

  /** The moment so long from now. */
  public static Deadline after(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** The time left; zero once it has passed. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
  }

  /** The time left in milliseconds, rounded up: zero exactly when it has passed. */
  public long remainingMillis() {
    return Math.max(0, (nanos - System.nanoTime() + 999_999) / 1_000_000);
  }

  /** Whether it has passed. */
  public boolean expired() {
    return nanos - System.nanoTime() <= 0;
  }

  /** The earlier of this and the moment so long from now. */
  public Deadline atMost(Duration time) {
    Deadline other = after(time);
    return other.nanos - nanos < 0 ? other : this;
  }

  @Override
  public String toString() {
    return "Deadline[" + remaining() + " left]";
  }
}
