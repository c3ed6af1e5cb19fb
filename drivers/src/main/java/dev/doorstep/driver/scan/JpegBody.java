package dev.doorstep.driver.scan;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.transport.CarriedException;
import dev.doorstep.protocol.ErrorCode;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a JPEG behind its head, which must end with FF D9. Scanners fill up with zeros
 * behind that.
 */
final class JpegBody extends InputStream {
  private final InputStream in;
  private long left;
  private int last;
  private int lastButOne;

  /** At most so many bytes are taken. */
  JpegBody(InputStream in, long most) {
    this.in = in;
    this.left = most;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int count = in.read(buffer, offset, length);
    if (count < 0) {
      demandEnd();
      return -1;
    }
    left -= count;
    if (left < 0) {
      throw new CarriedException(
          new DeviceException(ErrorCode.DOCUMENT_TOO_LARGE, "a page that does not end"));
    }
    for (int i = offset; i < offset + count; i++) {
      if (buffer[i] != 0) {
        lastButOne = i > offset && buffer[i - 1] == 0 ? 0 : last;
        last = buffer[i] & 0xFF;
      }
    }
    return count;
  }

  private void demandEnd() throws CarriedException {
    if (lastButOne != 0xFF || last != 0xD9) {
      throw new CarriedException(
          new DeviceException(
              ErrorCode.GARBLED,
              "a JPEG that ends with %02X %02X in place of FF D9".formatted(lastButOne, last)));
    }
  }
}
