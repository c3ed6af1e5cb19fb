package dev.doorstep.driver.transport;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;

/**
 * A stream of bytes to a device and back. One thread reads and writes; any thread may close it, and
 * a call that is under way then ends with {@code DISCONNECTED}.
 */
public interface Transport extends AutoCloseable {
  /**
   * Waits for bytes. Once the deadline has passed it gives none, even if some are there: a device
   * that sends without end does not hold whoever reads.
   *
   * @return how many were put into the buffer, at least 1, at most {@code length}
   * @throws DeviceException {@code TIMEOUT} if none came by the deadline, {@code DISCONNECTED} if
   *     the line is closed
   */
  int read(byte[] buffer, int offset, int length, Deadline deadline) throws DeviceException;

  /**
   * The same for whoever looks whether something has come: no bytes are no error.
   *
   * @return how many were put into the buffer, 0 if none came by the deadline
   * @throws DeviceException {@code DISCONNECTED} if the line is closed
   */
  default int glance(byte[] buffer, Deadline deadline) throws DeviceException {
    try {
      return read(buffer, 0, buffer.length, deadline);
    } catch (DeviceException e) {
      if (e.code() != ErrorCode.TIMEOUT) {
        throw e;
      }
      return 0;
    }
  }

  /**
   * Writes all the bytes; none if the deadline has passed before.
   *
   * @throws DeviceException {@code TIMEOUT} if the device did not take them by the deadline, {@code
   *     DISCONNECTED} if the line is closed
   */
  void write(byte[] bytes, Deadline deadline) throws DeviceException;

  /**
   * Throws away what has come in and was not read: the rest of an answer that came too late.
   *
   * @throws DeviceException {@code DISCONNECTED} if the line is closed
   */
  void discardInput() throws DeviceException;

  /** Closes the line; more than once does nothing. */
  @Override
  void close();
}
