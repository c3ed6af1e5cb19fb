package dev.doorstep.simulator.device;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link Plug} for several connections at once, each with a thread of its own; those beyond a
 * number are closed. One that says nothing for ten seconds is closed, too. Any thread.
 */
final class SharedPlug implements Cable {

  private static final Logger LOG = LoggerFactory.getLogger(SharedPlug.class);
  private static final int SILENCE_MILLIS = 10_000;

  private final String name;
  private final int most;
  private final Plug.Service service;
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private int port;
  private @Nullable HeldPort held;
  private @Nullable ServerSocket server;

  /**
   * Not plugged in yet.
   *
   * @param name of its threads, before the port
   * @param port 0 for any free one
   * @param most connections at once
   */
  SharedPlug(String name, int port, int most, Plug.Service service) {
    this.name = name;
    this.port = port;
    this.most = most;
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
    threads.add(Threads.start(name + port, () -> accept(listening)));
  }

  @Override
  public void stop() {
    synchronized (this) {
      Sockets.closeQuietly(server);
      server = null;
      clients.forEach(Sockets::closeQuietly);
    }
    threads.forEach(Threads::end);
    threads.clear();
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
      try {
        admit(listening, listening.accept());
      } catch (IOException e) {
        LOG.debug("port {}: {}", port(), e.toString());
      }
    }
  }

  private synchronized void admit(ServerSocket listening, Socket client) {
    if (server != listening || clients.size() >= most) {
      Sockets.closeQuietly(client);
      return;
    }
    clients.add(client);
    threads.add(Threads.start(name + "client-" + client.getPort(), () -> serve(client)));
  }

  private void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      client.setSoTimeout(SILENCE_MILLIS);
      service.serve(client);
    } catch (IOException e) {
      LOG.debug("a client of port {} left: {}", client.getLocalPort(), e.toString());
    } finally {
      clients.remove(client);
      threads.remove(Thread.currentThread());
    }
  }
}
