package dev.doorstep.agent.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import javax.net.SocketFactory;

/** Sockets with TCP_NODELAY for Paho, which leaves Nagle's algorithm on by itself. */
public final class NoDelaySockets extends SocketFactory {
  /** The form that Paho takes of {@code mqtt://host:port}. */
  public static String uri(URI broker) {
    return "tcp://" + broker.getHost() + ":" + broker.getPort();
  }

  private static Socket quick(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    return socket;
  }

  @Override
  public Socket createSocket() throws IOException {
    return quick(new Socket());
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return quick(new Socket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return quick(new Socket(host, port, local, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return quick(new Socket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return quick(new Socket(host, port, local, localPort));
  }
}
