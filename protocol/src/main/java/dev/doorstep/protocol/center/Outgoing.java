package dev.doorstep.protocol.center;

import dev.doorstep.protocol.Command;
import dev.doorstep.protocol.Topics;
import dev.doorstep.protocol.mqtt.BrokerConnection;
import dev.doorstep.protocol.mqtt.ConnectionGoneException;
import dev.doorstep.protocol.mqtt.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands on their way to the broker, in order and within its window; again on a new connection
 * until they are acknowledged. A command may so arrive twice: the point knows it by its id.
 */
final class Outgoing {
  private static final Logger LOG = LoggerFactory.getLogger(Outgoing.class);

  /** More than everything in a packet beside its payload, topics and id. */
  private static final int PACKET_OVERHEAD = 64;

  private static final int NOBODY_SUBSCRIBED = 0x10;
  private static final int FIRST_ERROR_CODE = 0x80;

  /** A command that is not taken. */
  interface Refusals {
    /** Nobody takes it now; {@code again} is to be run in a while. */
    void later(Runnable again);

    /** Its expiry was over before it could be published. */
    void expired(PendingCall<?> call);

    /** It is larger than a message may be, and the point cannot have it. */
    void tooLarge(PendingCall<?> call, String detail);

    /** The broker does not take it, and the point cannot have it. */
    void refused(PendingCall<?> call, int reason);
  }

  private final String client;
  private final Refusals refusals;
  private final Set<PendingCall<?>> unacknowledged = new LinkedHashSet<>();
  private final Deque<PendingCall<?>> waiting = new ArrayDeque<>();
  private @Nullable BrokerConnection connection;
  private int underway;

  Outgoing(String client, Refusals refusals) {
    this.client = client;
    this.refusals = refusals;
  }

  /** Takes over a command; {@link #drain} is to follow. */
  synchronized void add(PendingCall<?> call) {
    unacknowledged.add(call);
    waiting.add(call);
  }

  /**
   * Holds back a call whose expiry is over.
   *
   * @return false if it was sent: the point may have it
   */
  synchronized boolean expire(PendingCall<?> call) {
    if (call.wasSent()) {
      return false;
    }
    ended(call);
    return true;
  }

  /** Lets go of a call that has ended. */
  synchronized void ended(PendingCall<?> call) {
    unacknowledged.remove(call);
    waiting.remove(call);
  }

  /**
   * Goes on with a new connection; {@link #drain} is to follow.
   *
   * @param unanswered all calls without a final reply, in order: if the broker lost the session, it
   *     may have lost commands or replies with it, so all are published again
   */
  synchronized void connected(BrokerConnection fresh, Collection<PendingCall<?>> unanswered) {
    if (!fresh.sessionPresent()) {
      unacknowledged.clear();
      unacknowledged.addAll(unanswered);
    }
    waiting.clear();
    waiting.addAll(unacknowledged);
    underway = 0;
    connection = fresh;
  }

  /** Holds everything back until there is a new connection. */
  synchronized void lost() {
    connection = null;
  }

  /** Publishes what waits, as far as there are a connection and room; calls no one under a lock. */
  void drain() {
    List<Runnable> refused = new ArrayList<>();
    synchronized (this) {
      BrokerConnection now = connection;
      while (now != null && underway < room(now) && !waiting.isEmpty()) {
        if (!publish(now, waiting.element(), refused)) {
          break;
        }
        waiting.remove();
      }
    }
    refused.forEach(Runnable::run);
  }

  /** The broker's window, less what uploads may take of it. */
  private static int room(BrokerConnection connection) {
    int window = connection.window();
    return Math.max(1, window - Uploads.MOST * PieceSender.share(window));
  }

  /** Returns false if the connection is gone. */
  private boolean publish(BrokerConnection now, PendingCall<?> call, List<Runnable> refused) {
    Duration left = call.left();
    if (call.isEnded() || left.isNegative() || left.isZero()) {
      unacknowledged.remove(call);
      if (!call.wasSent()) {
        refused.add(() -> refusals.expired(call));
      }
      return true;
    }
    Topics topics = new Topics(call.key().point());
    String topic = topics.command(call.device());
    String replies = topics.reply(client);
    byte[] payload = call.message();
    long packet =
        payload.length
            + topic.length()
            + replies.length()
            + call.key().id().length()
            + (long) PACKET_OVERHEAD;
    if (payload.length > Command.LARGEST_MESSAGE || packet > now.largestPacket()) {
      unacknowledged.remove(call);
      String detail =
          payload.length > Command.LARGEST_MESSAGE
              ? payload.length + " bytes of at most " + Command.LARGEST_MESSAGE
              : packet + " bytes; the broker takes at most " + now.largestPacket();
      if (call.wasSent()) {
        // The connection before took it: the point may be carrying it out.
        LOG.info("{} is not sent again: {}", call, detail);
      } else {
        refused.add(() -> refusals.tooLarge(call, detail));
      }
      return true;
    }
    Message message = Message.of(topic, payload).withHeaders(headers(call, replies, left));
    boolean before = call.wasSent();
    try {
      now.publish(message, reason -> acknowledged(now, call, before, reason));
      underway++;
      call.sent(true);
      return true;
    } catch (ConnectionGoneException e) {
      LOG.debug("not published on this connection: {}", e.getMessage());
      return false;
    }
  }

  private static Message.Headers headers(PendingCall<?> call, String replies, Duration left) {
    return new Message.Headers(
        Optional.of(replies),
        Optional.of(call.key().id().getBytes(StandardCharsets.UTF_8)),
        Optional.of(Duration.ofSeconds(Math.max(1, left.plusMillis(999).toSeconds()))),
        Optional.of("application/json"),
        true);
  }

  private void acknowledged(
      BrokerConnection by, PendingCall<?> call, boolean sentBefore, int reason) {
    synchronized (this) {
      if (by != connection) {
        return; // it was counted on a connection that is gone, and is sent again on the new one
      }
      underway--;
      if (reason == NOBODY_SUBSCRIBED) {
        call.sent(sentBefore);
      } else {
        unacknowledged.remove(call);
      }
    }
    if (reason == NOBODY_SUBSCRIBED) {
      refusals.later(() -> again(by, call));
    } else if (reason >= FIRST_ERROR_CODE && sentBefore) {
      // What was sent before may be carried out: its reply, or the deadline, ends the call.
      LOG.info("the broker refused {} when it was sent again, reason {}", call, reason);
    } else if (reason >= FIRST_ERROR_CODE) {
      refusals.refused(call, reason);
    }
    drain();
  }

  private void again(BrokerConnection on, PendingCall<?> call) {
    synchronized (this) {
      if (on != connection || !unacknowledged.contains(call)) {
        return; // a new connection has sent it again, or it has ended
      }
      waiting.add(call);
    }
    drain();
  }
}
