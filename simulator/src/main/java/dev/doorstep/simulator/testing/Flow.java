package dev.doorstep.simulator.testing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What may pass in one direction of a {@link FaultyNetwork}, all its connections together. */
final class Flow {
  /** A limited flow passes in so many parts a second. */
  private static final int PARTS = 100;

  private boolean stalled;
  private long delay;
  private int rate;
  private long nextPart;
  private long left = Long.MAX_VALUE;
  private long carried;

  synchronized void stall() {
    stalled = true;
  }

  synchronized void delay(Duration time) {
    delay = time.toNanos();
    notifyAll();
  }

  synchronized void limit(int bytesPerSecond) {
    rate = bytesPerSecond;
    nextPart = System.nanoTime();
    notifyAll();
  }

  synchronized void cutAfter(long bytes) {
    left = bytes;
    notifyAll();
  }

  synchronized void heal() {
    stalled = false;
    delay = 0;
    rate = 0;
    left = Long.MAX_VALUE;
    notifyAll();
  }

  synchronized long carried() {
    return carried;
  }

  /**
   * How long what arrived at a moment of {@link System#nanoTime} has to wait; at most zero if not.
   */
  synchronized long untilDue(long arrived) {
    return arrived + delay - System.nanoTime();
  }

  /** Waits until what arrived then may pass; at a stalled flow, that it goes on. */
  synchronized void awaitDue(long arrived) throws InterruptedException {
    for (long wait = untilDue(arrived); stalled || wait > 0; wait = untilDue(arrived)) {
      if (stalled) {
        wait();
      } else {
        TimeUnit.NANOSECONDS.timedWait(this, wait);
      }
    }
  }

  /**
   * Waits until some of the bytes that arrived then may pass.
   *
   * @return how many of them; 0 if the connection is to be cut here
   */
  synchronized int take(int wanted, long arrived) throws InterruptedException {
    awaitDue(arrived);
    while (rate > 0 && nextPart > System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, nextPart - System.nanoTime());
      awaitDue(arrived);
    }
    int count = (int) Math.min(wanted, left);
    if (rate > 0) {
      count = Math.min(count, Math.max(1, rate / PARTS));
      nextPart =
          Math.max(nextPart, System.nanoTime() - TimeUnit.SECONDS.toNanos(1) / PARTS)
              + count * TimeUnit.SECONDS.toNanos(1) / rate;
    }
    left = left == Long.MAX_VALUE ? left : left - count;
    return count;
  }

  /** So many bytes came out; whether the connection is to be cut behind them. */
  synchronized boolean cutBehind(int count) {
    carried += count;
    boolean cut = left == 0;
    left = cut ? Long.MAX_VALUE : left; // the one connection, not those that follow
    return cut;
  }
}
