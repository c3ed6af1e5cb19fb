package dev.doorstep.agent.link;

import dev.doorstep.agent.blob.BlobStore;
import dev.doorstep.agent.command.CommandCounters;
import dev.doorstep.agent.command.CommandDispatcher;
import dev.doorstep.agent.command.ReplyTo;
import dev.doorstep.agent.config.Configuration.MqttSettings;
import dev.doorstep.agent.device.Defects;
import dev.doorstep.agent.journal.ReplyAddress;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.InvalidMessageException;
import dev.doorstep.protocol.PointStatus;
import dev.doorstep.protocol.Topics;
import dev.doorstep.protocol.mqtt.Backoff;
import dev.doorstep.protocol.mqtt.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The point's session with its broker. One thread connects, connects again with growing pauses, and
 * sends; a letter is sent by whoever brings it, where there is room. Messages that come in are
 * handed on at once.
 */
public final class MqttLink implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MqttLink.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final long TICK_MILLIS = 50;
  private static final Duration LEAVING = Duration.ofSeconds(3);

  private final MqttSettings settings;
  private final Topics topics;
  private final String session;
  private final CommandDispatcher dispatcher;
  private final BlobStore blobs;
  private final Inbound inbound;
  private final Outbox outbox = new Outbox();
  private final RetainedDocuments documents = new RetainedDocuments();
  private final CommandCounters counters;
  private final Sender sender;
  private final Locale locale;
  private final Thread thread;
  private final Backoff backoff;

  /** Grows, since two machines under one name would correct each other for ever. */
  private final Backoff corrections = new Backoff(Duration.ofMillis(200), Duration.ofMinutes(5));

  private volatile boolean closing;
  private volatile int pieceSize = Content.LARGEST_PIECE;
  private volatile boolean contested;
  private final AtomicInteger strangers = new AtomicInteger();
  private boolean tried;
  private long connectedAt;

  /**
   * A link that is not started yet.
   *
   * @param session the agent's session
   * @param blobs takes what clients upload
   * @param locale the language of recoveries
   */
  public MqttLink(
      MqttSettings settings,
      Topics topics,
      String session,
      CommandDispatcher dispatcher,
      BlobStore blobs,
      CommandCounters counters,
      Locale locale) {
    this.settings = settings;
    this.backoff = new Backoff(FIRST_PAUSE, settings.longestPause());
    this.topics = topics;
    this.session = session;
    this.dispatcher = dispatcher;
    this.blobs = blobs;
    this.counters = counters;
    this.sender = new Sender(outbox, documents, counters);
    this.locale = locale;
    this.inbound =
        new Inbound(
            topics, counters, (client, correlation) -> new ClientWay(this, client, correlation));
    this.thread = new Thread(this::work, "doorstep-link");
    thread.setDaemon(true);
    document(topics.status(), PointStatus.of(PointStatus.State.ONLINE, session));
  }

  /** Begins to connect. */
  public void start() {
    thread.start();
  }

  /** Whether the broker is connected now. */
  public boolean isConnected() {
    return sender.session().map(PointSession::isUp).orElse(false);
  }

  /** Publishes a retained document, now or when the broker is there; the newest counts. */
  public void document(String topic, Object document) {
    if (documents.set(topic, document)) {
      outbox.wake();
    }
  }

  /** As {@link #document}, of something that may be over in a moment, and is left out then. */
  public void passingDocument(String topic, Object document) {
    documents.setPassing(topic, document);
  }

  /**
   * Publishes an event as it is written, now or when the broker is there.
   *
   * @param delivered called once the broker has it, or it had to give way to newer ones
   */
  public void event(String device, byte[] event, Runnable delivered) {
    Outgoing message = Outgoing.of(topics.event(device), event, Optional.empty());
    send(new Letter(message, Letter.Kind.EVENT, Optional.empty(), delivered), List.of());
  }

  /** The way to a client whose request is no longer at hand. */
  public ReplyTo way(String client, ReplyAddress address) {
    return new ClientWay(this, client, address.correlation().map(Outgoing.Correlation::new));
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

  Topics topics() {
    return topics;
  }

  Locale locale() {
    return locale;
  }

  int pieceSize() {
    return pieceSize;
  }

  /** Sends a letter, and after it the documents that belong to it. */
  void send(Letter letter, List<Transfer> documentsOfIt) {
    for (Letter dropped : outbox.add(letter, documentsOfIt)) {
      counters.dropped("outbox-full");
      log.warn("too much waits for the broker: {} gave way", dropped.message().topic());
      if (dropped.kind() == Letter.Kind.EVENT) {
        dropped.delivered().run();
      }
    }
    sender.letters();
  }

  /** Sends a picture of a preview now or never. */
  void show(Outgoing picture) {
    sender.show(picture);
  }

  /** Sends pieces again. */
  void send(Transfer transfer) {
    outbox.add(transfer);
  }

  private void work() {
    try {
      while (!closing) {
        try {
          if (isConnected()) {
            sender.everything();
            outbox.await(TICK_MILLIS, sender.window());
          } else {
            reconnect();
          }
        } catch (RuntimeException | Error e) {
          Defects.log("link", e); // the point must not stay away for good
          sender.drop();
          pause(FIRST_PAUSE);
        }
      }
      leave();
    } catch (InterruptedException e) {
      log.debug("the link was interrupted");
    } finally {
      sender.drop();
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
      pieceSize = fresh.pieceSize();
      sender.use(fresh);
      connectedAt = System.nanoTime();
      log.info("connected to {} as {}", settings.url(), topics.point());
      corrections.reset();
      documents.allChanged();
    } catch (IOException e) {
      log.warn("not connected: {}", e.getMessage());
    }
  }

  /**
   * Pauses before the next attempt: a moment after a connection that had held longer than the pause
   * before it, else longer and longer, since a second machine under the same point id takes each
   * one over.
   */
  private void afterALoss() throws InterruptedException {
    PointSession old = sender.session().orElse(null);
    boolean steady = old != null && backoff.held(Duration.ofNanos(System.nanoTime() - connectedAt));
    boolean takenOver = old != null && old.takenOver();
    sender.drop();
    if (takenOver || contested) {
      contested = false;
      takenOver = true;
      backoff.stretch();
    }
    Duration pause = backoff.pause();
    if (takenOver || (old != null && !steady && pause.compareTo(FIRST_PAUSE) > 0)) {
      log.error(
          "the connection as doorstep-{} ends again and again: if another machine has this point"
              + " id, give each its own",
          topics.point());
    }
    pause(pause);
  }

  private void pause(Duration time) throws InterruptedException {
    long until = System.nanoTime() + time.toNanos();
    while (!closing && System.nanoTime() < until) {
      outbox.await(TICK_MILLIS, 0);
    }
  }

  private void leave() throws InterruptedException {
    long until = System.nanoTime() + LEAVING.toNanos();
    while (isConnected() && !outbox.isEmpty() && System.nanoTime() < until) {
      sender.everything();
      outbox.await(TICK_MILLIS, sender.window());
    }
    PointSession now = sender.session().orElse(null);
    if (now != null && now.isUp()) {
      now.leave(topics.status(), Codec.write(PointStatus.of(PointStatus.State.OFFLINE, session)));
    }
  }

  private void arrived(Message message, Runnable safe) {
    try {
      String topic = message.topic();
      if (topic.equals(topics.status())) {
        status(message.payload());
        safe.run();
        return;
      }
      Optional<Topics.Upload> upload = topics.uploadOf(topic);
      if (upload.isPresent()) {
        Topics.Piece piece = upload.get().piece();
        blobs.piece(upload.get().client(), piece.blob(), piece.n(), message.payload());
        safe.run();
        return;
      }
      inbound.request(message, safe).ifPresentOrElse(dispatcher::dispatch, safe);
    } catch (RuntimeException e) {
      Defects.log("dispatch", e); // thrown on, it would end the session with the broker
      safe.run(); // or it would come again for ever
    }
  }

  /** A late will, or another machine: whoever looks should see that this one is there. */
  private void status(byte[] payload) {
    try {
      PointStatus told = Codec.read(PointStatus.class, payload);
      boolean online = told.state().is(PointStatus.State.ONLINE);
      if (told.session().equals(session) && (online || closing)) { // also its own farewell
        return;
      }
      log.info("the status {} of session {} is not this one's", told.state(), told.session());
      // The first may be an old start whose will was lost.
      contested = online && strangers.incrementAndGet() > 1;
    } catch (InvalidMessageException e) {
      log.warn("the point's status was no status: {}", e.getMessage());
    }
    if (!closing) {
      documents.again(topics.status(), corrections.pause());
    }
  }
}
