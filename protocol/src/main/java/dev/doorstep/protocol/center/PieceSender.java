package dev.doorstep.protocol.center;

import dev.doorstep.protocol.mqtt.BrokerConnection;
import dev.doorstep.protocol.mqtt.ConnectionGoneException;
import dev.doorstep.protocol.mqtt.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the pieces of one upload, a few in flight. Its thread waits for room and for a
 * connection; a piece that a lost connection took along is found missing by the point later.
 */
final class PieceSender {
  private static final Logger LOG = LoggerFactory.getLogger(PieceSender.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long LOOK_MILLIS = 50;
  private static final Duration EXPIRY = Duration.ofMinutes(2);
  private static final int FIRST_ERROR_CODE = 0x80;
  private static final int MOST = 8;

  private final Supplier<Optional<BrokerConnection>> connection;
  private @Nullable BrokerConnection on;
  private int underway;
  private int refused;

  PieceSender(Supplier<Optional<BrokerConnection>> connection) {
    this.connection = connection;
  }

  /** How many pieces of one upload may be in flight on a connection. */
  static int share(int window) {
    return Math.max(1, Math.min(MOST, window / 4));
  }

  /**
   * Publishes a piece as soon as there is room.
   *
   * @throws IOException if there was none for a minute, or the broker refuses pieces
   */
  synchronized void send(String topic, byte[] piece) throws IOException, InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!publish(topic, piece)) {
      pause(until);
    }
  }

  /** Waits until the broker has all of them, or the connection is another. */
  synchronized void flush() throws IOException, InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (underway > 0 && connection.get().orElse(null) == on) {
      pause(until);
    }
  }

  @SuppressWarnings("WaitNotInLoop") // it is in its callers' loops
  private void pause(long until) throws IOException, InterruptedException {
    if (refused > 0) {
      throw new IOException("the broker refused a piece, reason " + refused);
    }
    if (System.nanoTime() > until) {
      throw new IOException("the broker took no piece within " + PATIENCE);
    }
    wait(LOOK_MILLIS);
  }

  private boolean publish(String topic, byte[] piece) {
    BrokerConnection now = connection.get().orElse(null);
    if (now != on) {
      on = now;
      underway = 0;
    }
    if (now == null || refused > 0 || underway >= share(now.window())) {
      return false;
    }
    Message message = Message.of(topic, piece).withHeaders(Message.Headers.NONE.withExpiry(EXPIRY));
    try {
      now.publish(message, reason -> acknowledged(now, reason));
      underway++;
      return true;
    } catch (ConnectionGoneException e) {
      LOG.debug("not published on this connection: {}", e.getMessage());
      return false;
    }
  }

  private synchronized void acknowledged(BrokerConnection by, int reason) {
    if (by == on) {
      underway--;
    }
    if (reason >= FIRST_ERROR_CODE) {
      refused = reason;
    }
    notifyAll();
  }
}
