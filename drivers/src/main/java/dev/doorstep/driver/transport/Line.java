package dev.doorstep.driver.transport;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;

/**
 * A transport that is made first and connected then, so that its owner can close it while it is
 * being connected.
 */
interface Line extends Transport {
  /**
   * Connects; once, before anything else.
   *
   * @throws DeviceException {@code NOT_CONNECTED} with the reason and what to do, {@code
   *     DISCONNECTED} if another thread closed it meanwhile
   */
  void connect(Deadline deadline) throws DeviceException;
}
