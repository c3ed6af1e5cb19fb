package dev.doorstep.driver.transport;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;

/** Opens wires for a driver. Whoever made this owns them and may close them at any time. */
public interface Transports {
  /**
   * Opens a stream of bytes ({@code serial:}, {@code tcp:}).
   *
   * @throws DeviceException {@code NOT_CONNECTED} with the reason if it cannot be opened by the
   *     deadline, {@code UNSUPPORTED} if the connection is none of bytes
   */
  Transport open(Connection connection, Deadline deadline) throws DeviceException;

  /**
   * The resident's screen that a {@code screen:} connection names.
   *
   * @throws DeviceException {@code UNSUPPORTED} if it names none, or this program serves none
   */
  Screen screen(Connection connection) throws DeviceException;
}
