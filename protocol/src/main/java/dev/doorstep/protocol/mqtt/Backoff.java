package dev.doorstep.protocol.mqtt;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The pauses between attempts: each up to twice as long as the one before, up to a longest one, and
 * spread over its second half, so that a thousand points do not come back at once. One thread.
 */
public final class Backoff {
  private final Duration first;
  private final Duration longest;
  private Duration next;
  private Duration before = Duration.ZERO;

  /** Pauses from {@code first} to {@code longest}. */
  public Backoff(Duration first, Duration longest) {
    this.first = first;
    this.longest = longest;
    this.next = first;
  }

  /** The pause before the next attempt. */
  public Duration pause() {
    Duration pause = next;
    Duration twice = next.multipliedBy(2);
    next = twice.compareTo(longest) < 0 ? twice : longest;
    before = pause;
    long half = pause.toNanos() / 2;
    return Duration.ofNanos(half + ThreadLocalRandom.current().nextLong(half + 1));
  }

  /** After a success the next pause is a short one again. */
  public void reset() {
    next = first;
  }

  /**
   * After something that held for a while: if that was longer than the pause before it, the next
   * one is short again. A line that breaks every minute so costs moments each time, and one that
   * breaks at once is tried less and less.
   *
   * @return whether it held for longer
   */
  public boolean held(Duration time) {
    boolean steady = time.compareTo(before) > 0;
    if (steady) {
      reset();
    }
    return steady;
  }

  /** The next pause is the longest, as after a takeover of the session. */
  public void stretch() {
    next = longest;
  }

  /** Whether the last attempts all failed, so that the pauses are at their longest. */
  public boolean isLongest() {
    return next.equals(longest);
  }
}
