package dev.doorstep.driver;

import dev.doorstep.protocol.Content;

/**
 * A document that a handler makes part by part, so that nobody holds all of it in memory. For the
 * handler's thread. Closed before {@link #finish}, it leaves nothing.
 */
public interface DocumentWriter extends AutoCloseable {
  /**
   * Takes the next bytes.
   *
   * @throws DeviceException {@code STORAGE_FULL} if there is no room for them
   */
  void write(byte[] bytes, int offset, int length) throws DeviceException;

  /**
   * The document of all bytes, for the result.
   *
   * @throws DeviceException {@code STORAGE_FULL} if there is no room for it
   */
  Content finish() throws DeviceException;

  @Override
  void close();
}
