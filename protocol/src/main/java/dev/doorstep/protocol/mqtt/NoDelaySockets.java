package dev.doorstep.protocol.mqtt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sockets with TCP_NODELAY, for Paho, which leaves Nagle's algorithm on: with it a small message
 * waits some 40 ms for the acknowledgement of the one before. What Paho cannot read in the broker's
 * packets is kept from it. They end with their factory: Paho leaves one that is still connecting.
 */
public final class NoDelaySockets extends SocketFactory implements AutoCloseable {
  private final @Nullable Tls tls;
  private final List<Socket> made = new ArrayList<>();
  private boolean closed;

  /** Plain ones. */
  public NoDelaySockets() {
    this(null);
  }

  /** Those with TLS, or plain ones without. */
  private NoDelaySockets(@Nullable Tls tls) {
    this.tls = tls;
  }

  /**
   * The sockets for a client of a broker, with TLS if its address says so.
   *
   * @throws IOException if a file for TLS cannot be used; its text says why and what to do
   */
  static NoDelaySockets of(BrokerLogin login) throws IOException {
    return new NoDelaySockets(
        login.address().secured() ? Tls.of(login.address(), login.tls()) : null);
  }

  @Override
  public synchronized Socket createSocket() throws IOException {
    if (closed) {
      throw new SocketException("the connection is ended");
    }
    Socket socket = tls == null ? new BrokerSocket() : new TlsSocket(tls);
    made.add(socket);
    return socket;
  }

  /** Closes all that it made, also what is connecting or shaking hands; it makes no more. */
  @Override
  public synchronized void close() throws IOException {
    closed = true;
    for (Socket socket : made) {
      socket.close();
    }
    made.clear();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port), new InetSocketAddress(0));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port), new InetSocketAddress(local, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port), new InetSocketAddress(0));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port), new InetSocketAddress(local, localPort));
  }

  private Socket connected(InetSocketAddress remote, InetSocketAddress local) throws IOException {
    Socket socket = createSocket();
    try {
      socket.bind(local);
      socket.connect(remote);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
