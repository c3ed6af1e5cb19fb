package dev.doorstep.simulator.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.Arrays;

/**
 * A device on a TCP port of 127.0.0.1, like a receipt printer's port 9100 or a serial-to-network
 * converter: one connection at a time, the next one waits until the first has ended.
 */
public final class TcpWire implements Cable {

  private final WireDevice device;
  private final Plug plug;

  private TcpWire(WireDevice device, int port) {
    this.device = device;
    this.plug = new Plug("doorstep-tcp-", port, this::serve);
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
  public int port() {
    return plug.port();
  }

  @Override
  public void start() {
    plug.start();
  }

  @Override
  public void stop() {
    plug.stop();
  }

  @Override
  public boolean started() {
    return plug.started();
  }

  @Override
  public void close() {
    plug.close();
  }

  private void serve(Socket socket) throws IOException {
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
