package dev.doorstep.driver.transport.screen;

import java.util.function.LongSupplier;

/**
 * How often whoever is not paired may ask: {@value #BURST} requests at once and {@value
 * #PER_SECOND} a second, all of them together. For the event loop.
 */
final class Strangers {
  static final int BURST = 40;
  static final int PER_SECOND = 10;

  private static final double NANOS = 1e9;

  private final LongSupplier ticker;
  private double left = BURST;
  private long last;

  Strangers(LongSupplier ticker) {
    this.ticker = ticker;
    this.last = ticker.getAsLong();
  }

  /** Whether one more may be answered. */
  boolean mayAsk() {
    long now = ticker.getAsLong();
    left = Math.min(BURST, left + (now - last) / NANOS * PER_SECOND);
    last = now;
    if (left < 1) {
      return false;
    }
    left -= 1;
    return true;
  }
}
