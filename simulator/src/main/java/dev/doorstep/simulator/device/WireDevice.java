package dev.doorstep.simulator.device;

/**
 * A device as its wire knows it: bytes come, bytes go. All three methods are called by the one
 * thread that serves the line, never two at once, and may take their time: a slow device is slow.
 */
public interface WireDevice {

  /** A program opened the line. On a serial line this is told once, when the line is laid. */
  default void connected(Wire wire) {}

  /**
   * Bytes arrived, cut wherever the line cut them.
   *
   * @param bytes at least one byte; the device may keep the array
   * @param wire the line they came from, for the answer
   */
  void received(byte[] bytes, Wire wire);

  /** The line is gone; what is sent to it now is lost. */
  default void disconnected(Wire wire) {}
}
