package dev.doorstep.simulator.device;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port of 127.0.0.1 that can be pulled out and plugged in again: one connection at a time, the
 * next one waits until the first has ended. Any thread.
 */
final class Plug implements Cable {

  private static final Logger LOG = LoggerFactory.getLogger(Plug.class);

  private final Service service;
  private final String name;
  private int port;
  private @Nullable HeldPort held;
  private @Nullable ServerSocket server;
  private @Nullable Socket connection;
  private @Nullable Thread thread;

  /** What is done with a connection; it is closed afterwards. */
  interface Service {
    void serve(Socket socket) throws IOException;
  }

  /**
   * Not plugged in yet.
   *
   * @param name of its thread, before the port
   * @param port 0 for any free one
   */
  Plug(String name, int port, Service service) {
    this.name = name;
    this.port = port;
    this.service = service;
  }

  /** The port, the same after a stop and a start. */
  synchronized int port() {
    return port;
  }

  @Override
  public synchronized void start() {
    if (server != null) {
      return;
    }
    HeldPort ours = held == null ? HeldPort.take(port) : held;
    held = ours;
    port = ours.port();
    ServerSocket listening = Sockets.listen(port);
    server = listening;
    thread = Threads.start(name + port, () -> accept(listening));
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
    synchronized (this) {
      if (held != null) {
        held.close();
        held = null;
      }
    }
  }

  private void accept(ServerSocket listening) {
    while (!listening.isClosed()) {
      try (Socket socket = listening.accept()) {
        if (hold(listening, socket)) {
          socket.setTcpNoDelay(true);
          service.serve(socket);
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
}
