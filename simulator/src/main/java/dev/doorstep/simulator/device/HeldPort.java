package dev.doorstep.simulator.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;

/**
 * A port of 127.0.0.1 that stays ours while nobody listens there: a device that was unplugged, a
 * broker that is restarted. Else the system may give it to another program meanwhile.
 *
 * <p>On Linux a socket is bound to it that never listens. Connections are refused, whoever knows
 * the port may listen there if it sets SO_REUSEADDR, as servers do, and nobody is given it that
 * asks for any port. Elsewhere that is not so, and nothing is held. Any thread.
 */
public final class HeldPort implements AutoCloseable {
  private static final boolean LINUX = System.getProperty("os.name", "").equals("Linux");

  private final int port;
  private final Optional<Socket> holder;

  private HeldPort(int port, Optional<Socket> holder) {
    this.port = port;
    this.holder = holder;
  }

  /**
   * Takes a port; elsewhere than on Linux only finds a free one.
   *
   * @param port 0 for any free one
   * @throws UncheckedIOException if somebody else has it
   */
  public static HeldPort take(int port) {
    try {
      Socket socket = new Socket();
      try {
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        if (LINUX) {
          return new HeldPort(socket.getLocalPort(), Optional.of(socket));
        }
      } catch (IOException e) {
        socket.close();
        throw e;
      }
      int free = socket.getLocalPort();
      socket.close();
      return new HeldPort(free, Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on 127.0.0.1:" + port, e);
    }
  }

  /** The port. */
  public int port() {
    return port;
  }

  /** Lets go of it; who listens there goes on. */
  @Override
  public void close() {
    holder.ifPresent(Sockets::closeQuietly);
  }
}
