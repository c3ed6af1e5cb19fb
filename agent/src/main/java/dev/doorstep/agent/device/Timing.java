package dev.doorstep.agent.device;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long things take in a lane; tests have shorter ones.
 *
 * @param opening how long the driver may take to open the device
 * @param probing how long to ask it how it is
 * @param idling how long to let it idle
 * @param closing how long to close it
 * @param watch how often the watchdog looks at each lane
 * @param overdue for how long a step may go on after its deadline before its wires are cut
 * @param cancelling for how long a handler may go on after its client cancelled
 * @param cut for how long a step may go on after its wires were cut before its thread is given up
 * @param firstPause before the first attempt after a hang
 * @param longestPause before later ones
 * @param ticker the monotonic clock, in nanoseconds, by which a device is steady or not
 */
record Timing(
    Duration opening,
    Duration probing,
    Duration idling,
    Duration closing,
    Duration watch,
    Duration overdue,
    Duration cancelling,
    Duration cut,
    Duration firstPause,
    Duration longestPause,
    LongSupplier ticker) {
  /** What holds at a counter. */
  static final Timing STANDARD =
      new Timing(
          Duration.ofSeconds(5),
          Duration.ofSeconds(3),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofMillis(100),
          Duration.ofSeconds(2),
          Duration.ofSeconds(3),
          Duration.ofSeconds(2),
          Duration.ofMillis(500),
          Duration.ofSeconds(30),
          System::nanoTime);
}
