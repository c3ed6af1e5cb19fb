package dev.doorstep.agent.center;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.SocketFactory;

/**
 * Sockets with TCP_NODELAY on which nothing of the broker is read before the client has said
 * something, and whose end is told a moment later. Paho 1.2.5 starts its threads one by one, looks
 * every 100 ms whether each runs, and goes on looking for ever if it has ended already, as happens
 * where a broker that restarts ends a connection that it has just accepted.
 */
final class PatientSockets extends SocketFactory {
  private static final long LONGEST_SECONDS = 5;

  /** By then Paho has seen that its threads run. */
  private static final long SETTLING_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  @Override
  public Socket createSocket() throws IOException {
    Socket socket = new PatientSocket();
    socket.setTcpNoDelay(true);
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw new SocketException("Paho makes its sockets unconnected");
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return createSocket(host.getHostAddress(), port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return createSocket(host, port);
  }

  private static final class PatientSocket extends Socket {
    private final CountDownLatch said = new CountDownLatch(1);
    private final long begun = System.nanoTime();

    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(super.getInputStream()) {
        @Override
        public int read() throws IOException {
          byte[] one = new byte[1];
          return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
          await();
          try {
            int count = in.read(target, offset, length);
            if (count < 0) {
              settle();
            }
            return count;
          } catch (IOException e) {
            settle();
            throw e;
          }
        }
      };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      try {
        return new FilterOutputStream(super.getOutputStream()) {
          @Override
          public void write(byte[] source, int offset, int length) throws IOException {
            try {
              out.write(source, offset, length);
            } catch (IOException e) {
              settle(); // whoever reads hears of it, too
              throw e;
            } finally {
              said.countDown();
            }
          }
        };
      } catch (IOException e) {
        said.countDown(); // there will be nothing
        throw e;
      }
    }

    private void settle() {
      for (long left = SETTLING_NANOS; left > 0; ) {
        left = begun + SETTLING_NANOS - System.nanoTime();
        LockSupport.parkNanos(this, Math.max(1, left));
      }
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
}
