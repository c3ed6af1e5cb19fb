package dev.doorstep.simulator.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection through a {@link FaultyNetwork}: two sockets, and a thread for each direction. */
final class FaultyConnection {
  private static final Logger LOG = LoggerFactory.getLogger(FaultyConnection.class);
  private static final int PART = 16 * 1024;

  /** Delayed parts of a direction: more than these wait at the sender, as on a real line. */
  private static final int MOST_PARTS = 64;

  private final Socket client;
  private final Socket server;
  private final Consumer<FaultyConnection> ended;
  private final AtomicInteger directions = new AtomicInteger(2);
  private final List<Thread> threads;
  private volatile boolean orderly;

  FaultyConnection(
      Socket client,
      Socket server,
      Flow toServer,
      Flow toClient,
      Consumer<FaultyConnection> ended) {
    this.client = client;
    this.server = server;
    this.ended = ended;
    this.threads =
        List.of(
            thread("up", () -> carry(client, server, toServer)),
            thread("down", () -> carry(server, client, toClient)));
  }

  private record Part(ByteArrayInputStream bytes, long arrived) {}

  void start() {
    threads.forEach(Thread::start);
  }

  /** Ends both sides with a reset. */
  void reset() {
    resetting(client);
    resetting(server);
    threads.forEach(Thread::interrupt);
  }

  /** Ends both sides in an orderly way. */
  void end() {
    orderly = true;
    for (Socket side : List.of(client, server)) {
      try {
        side.shutdownOutput();
      } catch (IOException e) {
        LOG.debug("{} had ended before: {}", side, e.toString());
      }
    }
    closing(client);
    closing(server);
    threads.forEach(Thread::interrupt);
  }

  /** Waits for the threads until a moment of {@link System#nanoTime}. */
  void awaitEnd(long end) throws InterruptedException {
    for (Thread thread : threads) {
      TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, end - System.nanoTime()));
    }
  }

  /** Closes with a reset, so that the other side knows at once and loses what was under way. */
  static void resetting(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      LOG.debug("{} had ended before: {}", socket, e.toString());
    }
    closing(socket);
  }

  private static void closing(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("closing {}: {}", socket, e.toString());
    }
  }

  private Thread thread(String way, Runnable work) {
    Thread thread = new Thread(work, "doorstep-network-" + way + "-" + client.getPort());
    thread.setDaemon(true);
    return thread;
  }

  private void carry(Socket from, Socket to, Flow flow) {
    try {
      if (carriedToTheEnd(from, to, flow)) {
        to.shutdownOutput();
      } else {
        reset();
      }
    } catch (IOException e) {
      LOG.debug("one side of {} is gone: {}", client, e.toString());
      if (!orderly) {
        reset();
      }
    } catch (InterruptedException e) {
      LOG.debug("{} was ended", client);
      Thread.currentThread().interrupt();
    } finally {
      if (directions.decrementAndGet() == 0) {
        closing(client);
        closing(server);
        ended.accept(this);
      }
    }
  }

  /** Reads on while delayed parts wait; false if the flow is to be cut here. */
  private static boolean carriedToTheEnd(Socket from, Socket to, Flow flow)
      throws IOException, InterruptedException {
    Deque<Part> parts = new ArrayDeque<>();
    boolean more = true;
    while (more || !parts.isEmpty()) {
      long wait = parts.isEmpty() ? Long.MAX_VALUE : flow.untilDue(parts.getFirst().arrived());
      if (more && wait > 0 && parts.size() < MOST_PARTS) {
        more = read(from, wait, parts);
      } else if (!passed(parts.removeFirst(), to, flow)) {
        return false;
      }
    }
    flow.awaitDue(System.nanoTime()); // a stalled line does not tell of the end either
    return true;
  }

  /** Adds what comes in that time, if anything does; false at the end. */
  private static boolean read(Socket from, long nanos, Deque<Part> parts) throws IOException {
    byte[] buffer = new byte[PART];
    long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
    from.setSoTimeout(nanos == Long.MAX_VALUE ? 0 : (int) Math.max(1, millis));
    try {
      int count = from.getInputStream().read(buffer);
      if (count > 0) {
        parts.addLast(new Part(new ByteArrayInputStream(buffer, 0, count), System.nanoTime()));
      }
      return count >= 0;
    } catch (SocketTimeoutException e) {
      LOG.trace("nothing came while {} parts were delayed", parts.size());
      return true;
    }
  }

  private static boolean passed(Part part, Socket to, Flow flow)
      throws IOException, InterruptedException {
    ByteArrayInputStream bytes = part.bytes();
    while (bytes.available() > 0) {
      int count = flow.take(bytes.available(), part.arrived());
      to.getOutputStream().write(bytes.readNBytes(count));
      if (flow.cutBehind(count)) {
        return false;
      }
    }
    return true;
  }
}
