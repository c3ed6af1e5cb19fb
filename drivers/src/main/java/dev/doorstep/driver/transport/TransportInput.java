package dev.doorstep.driver.transport;

import dev.doorstep.driver.DeviceException;
import java.io.IOException;
import java.io.InputStream;

/** A transport as a stream, every read of which has the same patience. For one thread. */
public final class TransportInput extends InputStream {
  private final Transport transport;
  private final Patience patience;

  /** A stream of what comes over a transport; a read throws {@link CarriedException}. */
  public TransportInput(Transport transport, Patience patience) {
    this.transport = transport;
    this.patience = patience;
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
    try {
      return patience.read(transport, buffer, offset, length);
    } catch (DeviceException e) {
      throw new CarriedException(e);
    }
  }
}
