package dev.doorstep.protocol.mqtt;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A socket to a broker that shakes hands as it connects; for the rest as {@link BrokerSocket}. With
 * TLS 1.3 a broker refuses a client's certificate only after that, so that also its first answer
 * may be such a failure.
 */
final class TlsSocket extends Socket {
  private final Tls tls;
  private final LastWordsSocket plain = new LastWordsSocket();
  private final FirstWord word = new FirstWord();
  private @Nullable SSLSocket secured;
  private @Nullable InputStream packets;

  /** Unconnected. */
  TlsSocket(Tls tls) throws IOException {
    this.tls = tls;
  }

  @Override
  public void connect(SocketAddress broker) throws IOException {
    connect(broker, 0);
  }

  /** Connects and shakes hands, both together in that time, however slowly the broker speaks. */
  @Override
  public void connect(SocketAddress broker, int millis) throws IOException {
    try {
      if (millis > 0) {
        plain.hurry(Duration.ofMillis(millis));
      }
      plain.connect(broker, millis);
      SSLSocket fresh = tls.over(plain);
      plain.takeTime();
      synchronized (this) {
        secured = fresh;
        packets = new ReadablePackets(word.before(new Told(fresh.getInputStream())));
      }
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  /** Always the same stream, as it holds what it has read ahead. */
  @Override
  public synchronized InputStream getInputStream() throws IOException {
    InputStream known = packets;
    if (known == null || plain.isClosed()) {
      throw new SocketException("not connected");
    }
    return known;
  }

  @Override
  public synchronized OutputStream getOutputStream() throws IOException {
    SSLSocket known = secured;
    if (known == null || plain.isClosed()) {
      word.never();
      throw new SocketException("not connected");
    }
    return word.in(known.getOutputStream());
  }

  @Override
  public synchronized void setSoTimeout(int millis) throws SocketException {
    plain.setSoTimeout(millis);
  }

  @Override
  public boolean getTcpNoDelay() throws SocketException {
    return plain.getTcpNoDelay();
  }

  @Override
  public void shutdownInput() throws IOException {
    plain.shutdownInput();
  }

  /**
   * Closes the connection below TLS, since a farewell of TLS would wait behind a write that is
   * stuck; MQTT has said its own.
   */
  @Override
  public synchronized void close() throws IOException {
    plain.close();
    super.close();
  }

  /** Tells of the broker's alerts in words. */
  private final class Told extends FilterInputStream {
    Told(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] single = new byte[1];
      return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        return super.read(target, offset, length);
      } catch (SocketTimeoutException e) {
        throw e; // nothing came yet
      } catch (IOException e) {
        throw e instanceof SSLException ? tls.failure(e, false) : e;
      }
    }
  }
}
