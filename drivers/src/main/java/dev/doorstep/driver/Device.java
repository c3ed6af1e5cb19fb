package dev.doorstep.driver;

/**
 * An open device. One thread calls it, the lane's; only {@link #close} may come from another after
 * the lane gave the device up.
 */
public interface Device extends AutoCloseable {
  /** What it can do. This table is what is announced, checked and documented. */
  Operations operations();

  /**
   * Asks the device how it is.
   *
   * @throws DeviceException if it does not answer by the deadline
   */
  DeviceHealth probe(Deadline deadline) throws DeviceException;

  /**
   * Called between commands: a card placed, a code scanned, paper low. Returns by the deadline.
   *
   * @throws DeviceException if the device is gone
   */
  void idle(Deadline deadline) throws DeviceException;

  /** Lets go of the device. The lane closes the transports. */
  @Override
  void close();
}
