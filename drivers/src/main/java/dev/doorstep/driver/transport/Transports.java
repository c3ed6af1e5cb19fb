package dev.doorstep.driver.transport;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;

/** Opens wires for a driver. Whoever made this owns them and may close them at any time. */
public interface Transports {
  /**
   * Opens a stream of bytes ({@code serial:}, {@code tcp:}, {@code usb:}). Of a USB device that is
   * the pair of bulk endpoints that its descriptors tell of, a printer's before others.
   *
   * @throws DeviceException {@code NOT_CONNECTED} with the reason if it cannot be opened by the
   *     deadline, {@code DEVICE_IN_USE} if another program has it, {@code UNSUPPORTED} if the
   *     connection is none of bytes
   */
  Transport open(Connection connection, Deadline deadline) throws DeviceException;

  /**
   * The same for a {@code usb:} device whose descriptors do not tell all; other connections need no
   * layout and do not look at it.
   */
  Transport open(Connection connection, UsbLayout layout, Deadline deadline) throws DeviceException;

  /**
   * The resident's screen that a {@code screen:} connection names.
   *
   * @throws DeviceException {@code UNSUPPORTED} if it names none, or this program serves none
   */
  Screen screen(Connection connection) throws DeviceException;

  /**
   * Puts anything else that stands between a driver and its device into the hands of the lane: a
   * process, the connection of a library. Closing it, by another thread, must end what waits on it.
   *
   * @throws DeviceException {@code DISCONNECTED} if the wires were closed; then it is closed, too
   */
  void own(AutoCloseable wire) throws DeviceException;

  /** Takes back what the driver has closed itself. */
  void disown(AutoCloseable wire);
}
