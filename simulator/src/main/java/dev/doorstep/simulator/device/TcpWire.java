package dev.doorstep.simulator.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A device on a TCP port of 127.0.0.1, like a receipt printer's port 9100 or a serial-to-network
 * converter: one connection at a time, the next one waits until the first has ended.
 */
public final class TcpWire implements Cable {

  private static final Logger LOG = LoggerFactory.getLogger(TcpWire.class);

  private final WireDevice device;
  private int port;
  private @Nullable ServerSocket server;
  private @Nullable Socket connection;
  private @Nullable Thread thread;

  private TcpWire(WireDevice device, int port) {
    this.device = device;
    this.port = port;
  }

  /**
   * Serves a device until the wire is closed.
   *
   * @param port 0 for any free one
   * @throws UncheckedIOException if the port is taken
   */
  public static TcpWire serve(WireDevice device, int port) {
    TcpWire wire = new TcpWire(device, port);
    wire.start();
    return wire;
  }

  /** The port, the same after a stop and a start. */
  public synchronized int port() {
    return port;
  }

  @Override
  public synchronized void start() {
    if (server != null) {
      return;
    }
    ServerSocket listening = Sockets.listen(port);
    port = listening.getLocalPort();
    server = listening;
    thread = Threads.start("doorstep-tcp-" + port, () -> accept(listening));
  }

  @Override
  public void stop() {
    Thread ending;
    synchronized (this) {
      Sockets.closeQuietly(server);
      Sockets.closeQuietly(connection);
      server = null;
      connection = null;
      ending = thread;
      thread = null;
    }
    Threads.end(ending);
  }

  @Override
  public synchronized boolean started() {
    return server != null;
  }

  @Override
  public void close() {
    stop();
  }

  private void accept(ServerSocket listening) {
    while (!listening.isClosed()) {
      try (Socket socket = listening.accept()) {
        if (hold(listening, socket)) {
          serve(socket);
        }
      } catch (IOException e) {
        LOG.debug("port {}: {}", port(), e.toString());
      } catch (RuntimeException e) {
        // A defect of the device costs the connection; the next one is served.
        LOG.error("the device on port {} failed", port(), e);
      }
    }
  }

  private synchronized boolean hold(ServerSocket listening, Socket socket) {
    if (server != listening) {
      return false;
    }
    connection = socket;
    return true;
  }

  private void serve(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    StreamWire wire = new StreamWire(socket.getOutputStream(), socket);
    device.connected(wire);
    try {
      byte[] buffer = new byte[8192];
      int n;
      while ((n = socket.getInputStream().read(buffer)) > 0) {
        device.received(Arrays.copyOf(buffer, n), wire);
      }
    } finally {
      wire.close();
      device.disconnected(wire);
    }
  }
}
