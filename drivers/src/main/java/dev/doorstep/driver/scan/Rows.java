package dev.doorstep.driver.scan;

import dev.doorstep.driver.DeviceException;

/** The rows of a page, from its top, as they come from the device. */
@FunctionalInterface
public interface Rows {
  /**
   * Waits for the next row.
   *
   * @param row takes its bytes
   * @return false if there was none any more: the page is at its end
   * @throws DeviceException if it does not come
   */
  boolean next(byte[] row) throws DeviceException;
}
