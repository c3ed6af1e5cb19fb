package dev.doorstep.driver.http;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.transport.CarriedException;
import dev.doorstep.protocol.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.impl.io.IdentityInputStream;

/** The body of a response, whose errors say what the device did. */
final class HttpBody extends InputStream {
  private final InputStream in;

  HttpBody(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      return in.read(buffer, offset, length);
    } catch (CarriedException e) {
      // Without a length the end of the line is that of the body.
      if (in instanceof IdentityInputStream && e.reason().code() == ErrorCode.DISCONNECTED) {
        return -1;
      }
      throw e;
    } catch (ConnectionClosedException e) {
      throw new CarriedException(
          new DeviceException(ErrorCode.DISCONNECTED, "the line closed within an answer", e));
    } catch (IOException e) {
      throw new CarriedException(
          new DeviceException(
              ErrorCode.GARBLED, "no HTTP body: " + e.getClass().getSimpleName(), e));
    }
  }
}
