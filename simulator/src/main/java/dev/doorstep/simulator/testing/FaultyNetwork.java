package dev.doorstep.simulator.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network between a client and a server that a test can break: a port of 127.0.0.1 whose
 * connections are carried on to another one. What is set counts at once, for the connections that
 * are open and for those to come, until {@link #heal}. Any thread may use it.
 *
 * <p>Each connection has two threads, one for each direction; none is left after {@link #close}.
 */
public final class FaultyNetwork implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FaultyNetwork.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ServerSocket listener;
  private final Thread acceptor;
  private final List<FaultyConnection> open = new ArrayList<>();
  private final Map<Direction, Flow> flows = new EnumMap<>(Direction.class);
  private int target;
  private boolean refusing;
  private boolean closed;
  private int accepted;

  private FaultyNetwork(ServerSocket listener, int target) {
    this.listener = listener;
    this.target = target;
    for (Direction direction : Direction.values()) {
      flows.put(direction, new Flow());
    }
    acceptor = new Thread(this::accept, "doorstep-network-" + listener.getLocalPort());
    acceptor.setDaemon(true);
  }

  /**
   * Opens a port, and carries on what comes there.
   *
   * @param target the port of 127.0.0.1 that connections lead to; nobody need listen there yet
   */
  public static FaultyNetwork to(int target) {
    try {
      ServerSocket listener = new ServerSocket();
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
      FaultyNetwork network = new FaultyNetwork(listener, target);
      network.acceptor.start();
      return network;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where clients connect. */
  public int port() {
    return listener.getLocalPort();
  }

  /** The address of a broker behind it. */
  public String url() {
    return "mqtt://127.0.0.1:" + port();
  }

  /** Leads the connections to come to another port of 127.0.0.1. */
  public synchronized void target(int port) {
    target = port;
  }

  /** How many connections are open, those alone counted that reached the target. */
  public synchronized int connections() {
    return open.size();
  }

  /** How many connections were carried on since the beginning. */
  public synchronized int accepted() {
    return accepted;
  }

  /** How many bytes of all connections came out at the end of a direction. */
  public long carried(Direction direction) {
    return flow(direction).carried();
  }

  /** Resets all connections, as a middlebox does: what is under way is lost. */
  public void reset() {
    snapshot().forEach(FaultyConnection::reset);
  }

  /** Ends all connections in an orderly way, after what was read already. */
  public void end() {
    snapshot().forEach(FaultyConnection::end);
  }

  /** Resets every connection to come at once, until {@link #heal}. */
  public synchronized void refuse() {
    refusing = true;
  }

  /** Carries nothing more in a direction, while the connections stay; until {@link #heal}. */
  public void stall(Direction direction) {
    flow(direction).stall();
  }

  /** Delays every byte of a direction by the same time; their order stays. */
  public void delay(Direction direction, Duration time) {
    flow(direction).delay(time);
  }

  /** Carries at most so many bytes a second in a direction, all connections together. */
  public void limit(Direction direction, int bytesPerSecond) {
    flow(direction).limit(bytesPerSecond);
  }

  /**
   * Lets exactly so many bytes more through in a direction, all connections together, and resets,
   * once, the connection right behind the last of them: every offset of a packet can be reached.
   *
   * @param bytes from 0 on; with 0 the very next byte is lost
   */
  public void cutAfter(Direction direction, long bytes) {
    flow(direction).cutAfter(bytes);
  }

  /** Takes back everything but the connections that were cut. */
  public void heal() {
    synchronized (this) {
      refusing = false;
    }
    flows.values().forEach(Flow::heal);
  }

  /** Resets all connections and waits until their threads have ended. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    try {
      listener.close();
      long end = System.nanoTime() + PATIENCE.toNanos();
      TimeUnit.NANOSECONDS.timedJoin(acceptor, Math.max(1, end - System.nanoTime()));
      List<FaultyConnection> ending = snapshot();
      ending.forEach(FaultyConnection::reset);
      for (FaultyConnection connection : ending) {
        connection.awaitEnd(end);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Flow flow(Direction direction) {
    return flows.getOrDefault(direction, new Flow());
  }

  private synchronized List<FaultyConnection> snapshot() {
    return List.copyOf(open);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        admit(listener.accept());
      } catch (IOException e) {
        LOG.debug("no connection on port {}: {}", port(), e.toString());
      }
    }
  }

  private void admit(Socket client) throws IOException {
    int port;
    synchronized (this) {
      port = refusing || closed ? -1 : target;
    }
    Socket server = new Socket();
    try {
      if (port < 0) {
        throw new IOException("refused");
      }
      server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
    } catch (IOException e) {
      server.close();
      FaultyConnection.resetting(client);
      throw e;
    }
    FaultyConnection connection =
        new FaultyConnection(
            client, server, flow(Direction.TO_SERVER), flow(Direction.TO_CLIENT), this::ended);
    synchronized (this) {
      open.add(connection);
      accepted++;
      connection.start();
      if (closed) {
        connection.reset();
      }
    }
  }

  private synchronized void ended(FaultyConnection connection) {
    open.remove(connection);
  }
}
