package dev.doorstep.driver.videocamera;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.transport.Transport;
import dev.doorstep.protocol.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * A transport as a stream, every read of which has the same deadline, and ends early once nobody
 * wants the bytes any more.
 */
final class TransportInput extends InputStream {
  private static final Duration LOOK = Duration.ofMillis(50);
  private final Transport transport;
  private final Deadline deadline;
  private final BooleanSupplier unwanted;

  TransportInput(Transport transport, Deadline deadline, BooleanSupplier unwanted) {
    this.transport = transport;
    this.deadline = deadline;
    this.unwanted = unwanted;
  }

  /** Carries what the transport throws through the parsers. */
  static final class Failure extends IOException {
    private static final long serialVersionUID = 1L;
    private final DeviceException reason;

    Failure(DeviceException reason) {
      super(reason);
      this.reason = reason;
    }

    DeviceException reason() {
      return reason;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    read(one, 0, 1);
    return one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!unwanted.getAsBoolean()) {
      try {
        return transport.read(buffer, offset, length, deadline.atMost(LOOK));
      } catch (DeviceException e) {
        if (e.code() != ErrorCode.TIMEOUT || deadline.expired()) {
          throw new Failure(e);
        }
        // Only the look was over: read on.
      }
    }
    throw new Failure(new DeviceException(ErrorCode.STOPPING, "stopped while it was read"));
  }
}
