package dev.doorstep.simulator.device;

/**
 * The line from a device to the program that drives it, as the device sees it. Safe for use by any
 * thread; the bytes of one {@code send} stay together.
 */
public interface Wire {

  /**
   * Sends bytes to the program. On a line that nobody holds any more they are lost, as on copper.
   */
  void send(byte[] bytes);

  /** Tells whether bytes still go anywhere. */
  boolean open();

  /** Hangs up, from the device's side. */
  void close();
}
