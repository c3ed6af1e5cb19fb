package dev.doorstep.agent.device;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * Whether a device stays what it is. One that was lost more than three times within a minute is
 * unsteady, until it has been either there or not for twenty seconds. One thread at a time.
 */
final class Steadiness {
  /** How often a device may be lost within {@link #WINDOW}. */
  static final int MOST_LOSSES = 3;

  static final Duration WINDOW = Duration.ofMinutes(1);
  static final Duration HOLD = Duration.ofSeconds(20);

  private final LongSupplier ticker;
  private final Deque<Long> losses = new ArrayDeque<>();
  private long changed;
  private boolean there;
  private boolean unsteady;

  /** By this monotonic clock, in nanoseconds. */
  Steadiness(LongSupplier ticker) {
    this.ticker = ticker;
  }

  /** The device is there now, or not. */
  void now(boolean isThere) {
    long now = ticker.getAsLong();
    if (isThere == there) {
      return;
    }
    settle(now); // before this change is counted
    there = isThere;
    changed = now;
    if (!isThere) {
      losses.add(now);
      if (losses.size() > MOST_LOSSES) {
        unsteady |= now - losses.getFirst() <= WINDOW.toNanos();
        losses.removeFirst();
      }
    }
  }

  /** Whether nobody should rely on it now. */
  boolean isUnsteady() {
    settle(ticker.getAsLong());
    return unsteady;
  }

  private void settle(long now) {
    if (unsteady && now - changed >= HOLD.toNanos()) {
      unsteady = false;
      losses.clear();
    }
  }
}
