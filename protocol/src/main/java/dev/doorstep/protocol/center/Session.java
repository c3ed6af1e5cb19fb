package dev.doorstep.protocol.center;

import dev.doorstep.protocol.mqtt.BrokerAddress;
import dev.doorstep.protocol.mqtt.BrokerConnection;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the client connected: whenever a connection is lost, a new one is tried after 0.2 s, then
 * ever longer up to 10 s. All of it happens on the one thread of {@code clock}.
 */
final class Session implements BrokerConnection.Events {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);
  private static final long FIRST_DELAY_MILLIS = 200;
  private static final long LONGEST_DELAY_MILLIS = 10_000;

  /** What the client makes of it. */
  interface Events {
    void connected(BrokerConnection connection);

    void disconnected();

    void arrived(String topic, MqttMessage message);
  }

  /** Opens a connection with everything that stays the same. */
  interface Opening {
    BrokerConnection open(BrokerConnection.Events events) throws IOException;
  }

  private final BrokerAddress address;
  private final Opening opening;
  private final Events events;
  private final ScheduledExecutorService clock;
  private volatile @Nullable BrokerConnection current;
  private volatile boolean closed;
  private volatile @Nullable Thread own;
  private long since;
  private long delay = FIRST_DELAY_MILLIS;

  Session(BrokerAddress address, Opening opening, Events events, ScheduledExecutorService clock) {
    this.address = address;
    this.opening = opening;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Makes the first connection.
   *
   * @throws IOException if that fails, with the address
   */
  void start() throws IOException {
    Future<?> first =
        clock.submit(
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
    own = Thread.currentThread();
    BrokerConnection fresh = opening.open(this);
    if (!adopt(fresh)) {
      fresh.close();
      throw new IOException("closed while connecting to " + address);
    }
    since = System.nanoTime();
    events.connected(fresh);
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
      delay = Math.min(2 * delay, LONGEST_DELAY_MILLIS);
      later();
    }
  }

  private void later() {
    long spread = ThreadLocalRandom.current().nextLong(delay / 2 + 1);
    var unused = clock.schedule(this::reconnect, delay - spread / 2, TimeUnit.MILLISECONDS);
  }

  @Override
  public void arrived(String topic, MqttMessage message) {
    events.arrived(topic, message);
  }

  @Override
  public void lost(BrokerConnection connection, int reason) {
    try {
      // On the clock's thread, so that a connection is known before it is lost.
      clock.execute(() -> replace(connection, reason));
    } catch (RejectedExecutionException e) {
      LOG.debug("lost while closing");
    }
  }

  private void replace(BrokerConnection gone, int reason) {
    if (closed || gone != current) {
      return;
    }
    current = null;
    events.disconnected();
    gone.close();
    if (reason == BrokerConnection.SESSION_TAKEN_OVER) {
      LOG.warn("another client of the same name took over the session at {}", address);
      delay = LONGEST_DELAY_MILLIS; // not to kick each other for ever
    } else {
      LOG.info("the connection to {} is lost, reason {}", address, reason);
      boolean lasted = System.nanoTime() - since > LONGEST_DELAY_MILLIS * 1_000_000;
      delay = lasted ? FIRST_DELAY_MILLIS : Math.min(2 * delay, LONGEST_DELAY_MILLIS);
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
    clock.shutdownNow();
    try {
      if (Thread.currentThread() != own && !clock.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.warn("the thread of the client did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (last != null) {
      last.close();
    }
  }
}
