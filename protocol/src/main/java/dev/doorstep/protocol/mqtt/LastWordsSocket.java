package dev.doorstep.protocol.mqtt;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The socket below TLS, with TCP_NODELAY. A broker that does not accept a client's certificate
 * sends an alert that tells why, and closes at once. The client is writing then, and would fail
 * without having read the alert. So a write that fails is told by the reading side, after all that
 * came. While it hurries, all that is read together has a deadline.
 */
final class LastWordsSocket extends Socket {
  private volatile @Nullable IOException failed;
  private volatile @Nullable Long deadline;

  /** Unconnected. */
  LastWordsSocket() throws SocketException {
    setTcpNoDelay(true);
  }

  /** From now on nothing can be read after that time, also if something comes now and then. */
  void hurry(Duration time) {
    deadline = System.nanoTime() + time.toNanos();
  }

  /** Lifts the deadline. */
  void takeTime() throws SocketException {
    deadline = null;
    setSoTimeout(0);
  }

  private void watchTheClock() throws IOException {
    Long end = deadline;
    if (end == null) {
      return;
    }
    long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
    if (left <= 0) {
      throw new SocketTimeoutException("the time for the handshake is over");
    }
    setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        watchTheClock();
        int count = super.read(target, offset, length);
        IOException earlier = failed;
        if (count < 0 && earlier != null) {
          throw earlier;
        }
        return count;
      }
    };
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new FilterOutputStream(super.getOutputStream()) {
      @Override
      public void write(byte[] source, int offset, int length) {
        if (failed == null) {
          try {
            out.write(source, offset, length);
          } catch (IOException e) {
            failed = e; // the next read that finds nothing throws it
          }
        }
      }
    };
  }
}
