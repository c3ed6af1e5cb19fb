package dev.doorstep.protocol.mqtt;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The client's first word on a connection, before which nothing of the broker is read. Paho 1.2.5
 * starts its threads one by one, looks every 100 ms whether each runs, and goes on looking for ever
 * if it has ended already, as happens where a broker ends a connection that it has just accepted.
 */
final class FirstWord {
  /** For a client that only listens. */
  private static final long LONGEST_SECONDS = 5;

  private final CountDownLatch said = new CountDownLatch(1);

  /** What the broker sends, held back until then. */
  InputStream before(InputStream broker) {
    return new FilterInputStream(broker) {
      @Override
      public int read() throws IOException {
        await();
        return in.read();
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        await();
        return in.read(target, offset, length);
      }
    };
  }

  /** What goes to the broker. */
  OutputStream in(OutputStream broker) {
    return new FilterOutputStream(broker) {
      @Override
      public void write(byte[] source, int offset, int length) throws IOException {
        try {
          out.write(source, offset, length);
        } finally {
          said.countDown();
        }
      }
    };
  }

  /** There will be none, since the connection cannot be written to. */
  void never() {
    said.countDown();
  }

  private void await() throws InterruptedIOException {
    try {
      if (said.getCount() > 0 && !said.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        said.countDown();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a connection begins");
    }
  }
}
