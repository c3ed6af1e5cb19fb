package dev.doorstep.protocol.center;

import dev.doorstep.protocol.mqtt.Backoff;
import dev.doorstep.protocol.mqtt.BrokerAddress;
import dev.doorstep.protocol.mqtt.BrokerConnection;
import dev.doorstep.protocol.mqtt.Message;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the client connected: whenever a connection is lost, a new one is tried after 0.2 s, then
 * ever longer up to 10 s. All of it happens on a thread of its own, since connecting blocks.
 */
final class Session implements BrokerConnection.Events {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  /** What the client makes of it. */
  interface Events {
    void connected(BrokerConnection connection);

    void disconnected();

    void arrived(Message message);
  }

  /** Opens a connection with everything that stays the same. */
  interface Opening {
    BrokerConnection open(BrokerConnection.Events events) throws IOException;
  }

  private final BrokerAddress address;
  private final Opening opening;
  private final Events events;
  private final String name;
  private final ScheduledExecutorService thread;
  private final Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
  private volatile @Nullable BrokerConnection current;
  private volatile boolean closed;
  private long since;

  /** Begins with {@link #start}; {@code name} is the thread's. */
  Session(BrokerAddress address, Opening opening, Events events, String name) {
    this.address = address;
    this.opening = opening;
    this.events = events;
    this.name = name;
    this.thread = Threads.clock(name);
  }

  /**
   * Makes the first connection.
   *
   * @throws IOException if that fails, with the address
   */
  void start() throws IOException {
    Future<?> first =
        thread.submit(
            () -> {
              connect();
              return true;
            });
    try {
      first.get();
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      throw new IOException(cause.getMessage(), cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while connecting to " + address);
    }
  }

  private void connect() throws IOException {
    BrokerConnection fresh = opening.open(this);
    if (!adopt(fresh)) {
      fresh.close();
      throw new IOException("closed while connecting to " + address);
    }
    since = System.nanoTime();
    try {
      events.connected(fresh);
    } catch (RuntimeException e) {
      current = null; // half of the client knows it: the next one is everybody's
      leave(fresh);
      throw e;
    }
  }

  private void leave(BrokerConnection gone) {
    try (gone) {
      events.disconnected();
    } catch (RuntimeException e) {
      LOG.warn("a connection to {} did not end properly", address, e);
    }
  }

  /** Returns false if nobody would close it any more. */
  private synchronized boolean adopt(BrokerConnection fresh) {
    if (!closed) {
      current = fresh;
    }
    return !closed;
  }

  private void reconnect() {
    if (closed) {
      return;
    }
    try {
      connect();
      LOG.info("connected to {} again", address);
    } catch (IOException e) {
      LOG.debug("still without a broker: {}", e.getMessage());
      later();
    } catch (RuntimeException e) {
      LOG.warn("connecting to {} failed; it is tried again", address, e);
      later();
    }
  }

  private void later() {
    try {
      var unused =
          thread.schedule(this::reconnect, backoff.pause().toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("no new connection: the client is closed");
    }
  }

  @Override
  public void arrived(BrokerConnection connection, Message message) {
    events.arrived(message);
  }

  @Override
  public void lost(BrokerConnection connection, int reason) {
    try {
      // On the same thread, so that a connection is known before it is lost.
      thread.execute(() -> replace(connection, reason));
    } catch (RejectedExecutionException e) {
      LOG.debug("lost while closing");
    }
  }

  private void replace(BrokerConnection gone, int reason) {
    if (closed || gone != current) {
      return;
    }
    current = null;
    leave(gone);
    if (reason == BrokerConnection.SESSION_TAKEN_OVER) {
      LOG.warn("another client of the same name took over the session at {}", address);
      backoff.stretch(); // not to kick each other for ever
    } else {
      LOG.info("the connection to {} is lost, reason {}", address, reason);
      var unused = backoff.held(Duration.ofNanos(System.nanoTime() - since));
    }
    later();
  }

  /** Ends the connection and the thread. */
  void close() {
    BrokerConnection last;
    synchronized (this) {
      closed = true;
      last = current;
    }
    if (!Threads.end(thread, name)) {
      LOG.warn("the thread that connects to {} did not end in time", address);
    }
    if (last != null) {
      last.close();
    }
  }
}
