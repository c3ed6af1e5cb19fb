package dev.doorstep.driver.scan;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DocumentWriter;
import dev.doorstep.driver.transport.CarriedException;
import java.io.IOException;
import java.io.OutputStream;

/** A document that is made, as a stream that gathers small writes and knows how far it is. */
final class DocumentStream extends OutputStream {
  private final DocumentWriter document;
  private final byte[] gathered = new byte[64 * 1024];
  private int held;
  private long passed;

  DocumentStream(DocumentWriter document) {
    this.document = document;
  }

  /** How many bytes were written. */
  long position() {
    return passed + held;
  }

  @Override
  public void write(int b) throws IOException {
    if (held == gathered.length) {
      flush();
    }
    gathered[held++] = (byte) b;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > gathered.length - held) {
      flush();
    }
    if (length > gathered.length) {
      hand(bytes, offset, length);
    } else {
      System.arraycopy(bytes, offset, gathered, held, length);
      held += length;
    }
  }

  @Override
  public void flush() throws IOException {
    int length = held;
    held = 0;
    hand(gathered, 0, length);
  }

  private void hand(byte[] bytes, int offset, int length) throws IOException {
    try {
      document.write(bytes, offset, length);
      passed += length;
    } catch (DeviceException e) {
      throw new CarriedException(e);
    }
  }
}
