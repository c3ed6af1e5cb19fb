package dev.doorstep.driver;

import dev.doorstep.driver.transport.Transport;
import dev.doorstep.protocol.ErrorCode;

/** A wire on which bytes come as they are, and then nothing more: the line ends. Not timed. */
public final class PlayedBytes implements Transport {
  private final byte[] bytes;
  private int next;

  /** Owns the bytes. */
  public PlayedBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** How many were read. */
  public int taken() {
    return next;
  }

  @Override
  public int read(byte[] buffer, int offset, int length, Deadline deadline) throws DeviceException {
    if (next == bytes.length) {
      throw new DeviceException(ErrorCode.DISCONNECTED, "the bytes are at their end");
    }
    int count = Math.min(length, bytes.length - next);
    System.arraycopy(bytes, next, buffer, offset, count);
    next += count;
    return count;
  }

  @Override
  public void write(byte[] written, Deadline deadline) {}

  @Override
  public void discardInput() {}

  @Override
  public void close() {
    next = bytes.length;
  }
}
