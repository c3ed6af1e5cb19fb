package dev.doorstep.agent.link;

import dev.doorstep.agent.command.CommandCounters;
import dev.doorstep.agent.device.Defects;
import dev.doorstep.driver.Deadline;
import dev.doorstep.protocol.mqtt.BrokerConnection;
import dev.doorstep.protocol.mqtt.ConnectionGoneException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what waits on the connection that is there. Letters are sent by any thread, one at a time
 * so that they keep their order; the rest by the link's.
 */
final class Sender {
  private static final Logger log = LoggerFactory.getLogger(Sender.class);

  /** What a broker cannot take now and may take later: unspecified, own reasons, a quota. */
  private static final Set<Integer> PASSING = Set.of(0x80, 0x83, 0x97);

  private static final int FIRST_REFUSAL = 0x80;
  private static final Duration REST = Duration.ofSeconds(1);

  private final Outbox outbox;
  private final RetainedDocuments documents;
  private final CommandCounters counters;
  private final Object turn = new Object();
  private volatile @Nullable PointSession on;
  private volatile Deadline resting = Deadline.after(Duration.ZERO);

  Sender(Outbox outbox, RetainedDocuments documents, CommandCounters counters) {
    this.outbox = outbox;
    this.documents = documents;
    this.counters = counters;
  }

  /** From now on everything goes here. */
  void use(PointSession session) {
    on = session;
  }

  /** The connection that is there, up or not. */
  Optional<PointSession> session() {
    return Optional.ofNullable(on);
  }

  /** How many messages may be under way; 0 without a connection. */
  int window() {
    return window(on);
  }

  /** A letter that is taken has to have a connection to go on, so that is looked at once. */
  private int window(@Nullable PointSession now) {
    return now == null || !now.isUp() || !resting.expired() ? 0 : now.window();
  }

  /** Lets go of the connection; what it had not confirmed is sent again on the next. */
  void drop() {
    PointSession old;
    synchronized (turn) { // nobody is about to send on it
      old = on;
      on = null;
    }
    if (old != null) {
      old.close(); // waits for the client's threads, which may be waiting for their turn
      outbox.disconnected();
    }
  }

  /** Sends the letters that wait, as far as there are a connection and room. */
  void letters() {
    synchronized (turn) {
      PointSession now = on;
      Optional<Outbox.Sent> next = outbox.nextLetter(window(now));
      while (now != null && next.isPresent() && publish(now, next.get())) {
        next = outbox.nextLetter(window(now));
      }
    }
  }

  /** Sends everything that waits, as far as there are a connection and room. */
  void everything() {
    outbox.add(documents.due());
    letters();
    PointSession now = on;
    Optional<Outbox.Sent> next = outbox.nextOther(window(now));
    while (now != null && next.isPresent() && publish(now, next.get())) {
      next = outbox.nextOther(window(now));
    }
  }

  /**
   * Sends a picture at QoS 0, or lets it go: where there is no connection, where the one before it
   * is still on its way or a letter waits, and where it is larger than the broker's packets.
   */
  void show(Outgoing picture) {
    PointSession now = on;
    if (now == null || !now.isUp() || outbox.hasLetters()) {
      return;
    }
    if (!now.takes(picture)) {
      counters.dropped("too-large");
      log.debug("a picture was not shown: it is larger than the broker's packets");
      return;
    }
    try {
      now.show(picture);
    } catch (IOException e) {
      log.debug("a picture was not shown: {}", e.getMessage());
    }
  }

  /** Returns false if the connection takes nothing any more. */
  private boolean publish(PointSession now, Outbox.Sent sent) {
    Outgoing message = sent.message();
    if (!now.takes(message)) {
      counters.dropped("too-large");
      log.error("{} was not sent: it is larger than the broker's packets", message.topic());
      outbox.tooLarge(sent);
      return true;
    }
    try {
      now.publish(message, reason -> answered(sent, reason));
      return true;
    } catch (ConnectionGoneException e) {
      log.debug("sending failed: {}", e.getMessage());
      now.fail();
      return false;
    } catch (IOException e) {
      log.warn("{} cannot be read any more: {}", message.topic(), e.getMessage());
      outbox.unreadable(sent);
      return true;
    } catch (RuntimeException e) {
      Defects.log("link", e);
      outbox.unreadable(sent);
      return true;
    }
  }

  private void answered(Outbox.Sent sent, int reason) {
    if (reason >= FIRST_REFUSAL) {
      log.warn(
          "the broker refuses a message to {}: {}",
          sent.message().topic(),
          BrokerConnection.reasonText(reason));
    }
    if (PASSING.contains(reason)) {
      resting = Deadline.after(REST);
      outbox.again(sent);
      if (sent.message().retained()) {
        documents.again(sent.message().topic(), REST);
      }
    } else {
      outbox.confirmed(sent);
    }
  }
}
