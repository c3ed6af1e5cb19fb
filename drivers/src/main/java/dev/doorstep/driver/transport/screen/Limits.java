package dev.doorstep.driver.transport.screen;

import java.time.Duration;

/**
 * How much a browser, or whoever says he is one, may take.
 *
 * @param connections open connections of all screens together; one more is closed at once
 * @param pages open pages of one screen; one more is told to try again later (close code 1013), so
 *     that a page that is in use is never thrown out by another
 * @param request from the opening of a connection until its answer is taken or it is upgraded
 * @param silence after which a page is asked for a sign of life; after two of them it is given up
 * @param again after which an address on the counter's network that was not there is tried again
 */
record Limits(int connections, int pages, Duration request, Duration silence, Duration again) {
  /** The limits of a real counter. */
  static final Limits USUAL =
      new Limits(64, 8, Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(2));

  /** The longest message of a page, in bytes: a signature of 2 500 points. */
  static final int MESSAGE = 60 << 10;

  /** Messages of a page that wait for the driver; those beyond are dropped. */
  static final int INPUT = 16;
}
