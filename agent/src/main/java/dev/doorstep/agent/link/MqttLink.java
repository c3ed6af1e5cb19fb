package dev.doorstep.agent.link;

import dev.doorstep.agent.command.CommandCounters;
import dev.doorstep.agent.command.CommandDispatcher;
import dev.doorstep.agent.command.OutgoingBlob;
import dev.doorstep.agent.command.ReplyTo;
import dev.doorstep.agent.config.Configuration.MqttSettings;
import dev.doorstep.agent.device.Defects;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.PointStatus;
import dev.doorstep.protocol.Problem;
import dev.doorstep.protocol.Reply;
import dev.doorstep.protocol.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The point's session with its broker. One thread connects, connects again with growing pauses, and
 * sends; messages that come in are handed to the dispatcher at once.
 */
public final class MqttLink implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MqttLink.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration STEADY = Duration.ofSeconds(20);
  private static final Duration SUSPICIOUS = Duration.ofSeconds(1);
  private static final long TICK_MILLIS = 50;
  private static final Duration LEAVING = Duration.ofSeconds(3);

  private final MqttSettings settings;
  private final Topics topics;
  private final String session;
  private final CommandDispatcher dispatcher;
  private final Inbound inbound;
  private final Outbox outbox = new Outbox();
  private final RetainedDocuments documents = new RetainedDocuments();
  private final CommandCounters counters;
  private final Locale locale;
  private final Thread thread;
  private volatile int pieceSize = Content.LARGEST_PIECE;
  private volatile @Nullable PointSession connection;
  private volatile boolean closing;
  private volatile long largestPayload = Long.MAX_VALUE;
  private boolean tried;
  private long connectedAt;
  private Duration pause = FIRST_PAUSE;

  /**
   * A link that is not started yet.
   *
   * @param session the agent's session
   * @param locale the language of recoveries
   */
  public MqttLink(
      MqttSettings settings,
      Topics topics,
      String session,
      CommandDispatcher dispatcher,
      CommandCounters counters,
      Locale locale) {
    this.settings = settings;
    this.topics = topics;
    this.session = session;
    this.dispatcher = dispatcher;
    this.counters = counters;
    this.locale = locale;
    this.inbound = new Inbound(topics, counters, Way::new);
    this.thread = new Thread(this::work, "doorstep-link");
    thread.setDaemon(true);
  }

  /** Begins to connect. */
  public void start() {
    thread.start();
  }

  /** Whether the broker is connected now. */
  public boolean isConnected() {
    PointSession now = connection;
    return now != null && now.isUp();
  }

  /** Publishes a retained document, now or when the broker is there; the newest counts. */
  public void document(String topic, Object document) {
    documents.set(topic, Codec.write(document));
  }

  /** Publishes an event. */
  public void event(String device, Object event) {
    byte[] payload = Codec.write(event);
    if (!outbox.add(List.of(Outgoing.of(topics.event(device), payload, Optional.empty())))) {
      counters.dropped("outbox-full");
      log.warn("{}: an event was dropped, since the outbox is full", device);
    }
  }

  /** Sends what waits, if the broker is there, says that the point is offline, and ends. */
  @Override
  public void close() {
    closing = true;
    outbox.wake();
    try {
      thread.join(2 * LEAVING.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    try {
      while (!closing) {
        try {
          if (isConnected()) {
            send();
            outbox.await(TICK_MILLIS, window());
          } else {
            reconnect();
          }
        } catch (RuntimeException | Error e) {
          Defects.log("link", e); // the point must not stay away for good
          drop();
          pause(FIRST_PAUSE);
        }
      }
      leave();
    } catch (InterruptedException e) {
      log.debug("the link was interrupted");
    } finally {
      drop();
    }
  }

  private void reconnect() throws InterruptedException {
    if (tried) {
      afterALoss();
    }
    tried = true;
    try {
      PointSession fresh =
          PointSession.open(settings, topics, session, this::arrived, outbox::wake);
      connection = fresh;
      connectedAt = System.nanoTime();
      pieceSize = fresh.pieceSize();
      largestPayload = fresh.largestPayload();
      log.info("connected to {} as {}", settings.url(), topics.point());
      byte[] online = Codec.write(PointStatus.of(PointStatus.State.ONLINE, session));
      fresh.publish(Outgoing.retained(topics.status(), online), outbox::wake);
      documents.allChanged();
    } catch (IOException | MqttException e) {
      log.warn("not connected: {}", e.getMessage());
    }
  }

  /**
   * Pauses before the next attempt: a moment after a connection that had held, longer and longer
   * after one that had not, since a second machine under the same point id takes each one over.
   */
  private void afterALoss() throws InterruptedException {
    PointSession old = connection;
    boolean steady = old != null && System.nanoTime() - connectedAt > STEADY.toNanos();
    boolean takenOver = old != null && old.takenOver();
    drop();
    if (takenOver || (old != null && !steady && pause.compareTo(SUSPICIOUS) > 0)) {
      log.error(
          "the connection as doorstep-{} ends again and again: if another machine has this point"
              + " id, give each its own",
          topics.point());
    }
    pause = steady ? FIRST_PAUSE : pause;
    pause(takenOver ? LONGEST_PAUSE : pause);
    Duration longer = pause.multipliedBy(2);
    pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
  }

  /** Waits between half and all of a time, so that a thousand points do not come back at once. */
  private void pause(Duration longest) throws InterruptedException {
    long until =
        System.nanoTime()
            + longest.toNanos() / 2
            + ThreadLocalRandom.current().nextLong(longest.toNanos() / 2);
    while (!closing && System.nanoTime() < until) {
      outbox.await(TICK_MILLIS, 0);
    }
  }

  private void send() {
    PointSession now = connection;
    if (now == null) {
      return;
    }
    if (!outbox.add(documents.due())) {
      documents.allChanged(); // no room now; the newest go when there is
    }
    try {
      Optional<Outbox.Sent> next = outbox.next(window());
      while (next.isPresent()) {
        Outbox.Sent message = next.get();
        now.publish(message.message(), () -> outbox.confirmed(message));
        next = outbox.next(window());
      }
    } catch (MqttException e) {
      log.debug("sending failed: {}", e.getMessage());
      now.close();
    }
  }

  private void leave() throws InterruptedException {
    long until = System.nanoTime() + LEAVING.toNanos();
    while (isConnected() && !outbox.isEmpty() && System.nanoTime() < until) {
      send();
      outbox.await(TICK_MILLIS, window());
    }
    PointSession now = connection;
    if (now != null && now.isUp()) {
      now.leave(topics.status(), Codec.write(PointStatus.of(PointStatus.State.OFFLINE, session)));
    }
  }

  private void drop() {
    PointSession old = connection;
    connection = null;
    if (old != null) {
      old.close();
      outbox.disconnected();
    }
  }

  private int window() {
    PointSession now = connection;
    return now == null ? 0 : now.window();
  }

  private void arrived(String topic, MqttMessage message) {
    try {
      inbound.request(topic, message).ifPresent(dispatcher::dispatch);
    } catch (RuntimeException e) {
      Defects.log("dispatch", e); // thrown on, it would end the session with the broker
    }
  }

  /** The way back to one client. */
  private final class Way implements ReplyTo {
    private final String client;
    private final Optional<Outgoing.Correlation> correlation;

    Way(String client, Optional<Outgoing.Correlation> correlation) {
      this.client = client;
      this.correlation = correlation;
    }

    @Override
    public int pieceSize() {
      return pieceSize;
    }

    @Override
    public void send(Reply reply, List<OutgoingBlob> blobs) {
      byte[] payload = Codec.write(reply);
      if (payload.length > largestPayload) {
        sendInstead(reply, "the reply is larger than the broker's packets");
        return;
      }
      List<Outgoing> messages = new ArrayList<>();
      messages.add(Outgoing.of(topics.reply(client), payload, correlation));
      blobs.forEach(blob -> addPieces(blob, messages));
      if (!outbox.add(messages)) {
        sendInstead(reply, "too much waits for the broker");
      }
    }

    private void addPieces(OutgoingBlob blob, List<Outgoing> messages) {
      for (int n = 0; n < blob.description().pieces(); n++) {
        int piece = n;
        messages.add(
            new Outgoing(
                topics.blob(client, blob.description().id(), n),
                blob.pieceLength(n),
                () -> blob.piece(piece),
                false,
                Optional.empty()));
      }
    }

    /** A command is answered also where its result cannot be sent. */
    private void sendInstead(Reply reply, String why) {
      counters.dropped("reply-not-sent");
      log.error("{} was not sent: {}", reply, why);
      if (reply.isFinal()) {
        Problem problem = Problem.of(ErrorCode.RESULT_GONE, why, locale);
        byte[] payload = Codec.write(reply.failedInstead(problem));
        outbox.addAnyway(Outgoing.of(topics.reply(client), payload, correlation));
      }
    }
  }
}
