package dev.doorstep.agent.link;

import dev.doorstep.agent.config.Configuration.MqttSettings;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.PointStatus;
import dev.doorstep.protocol.Topics;
import dev.doorstep.protocol.mqtt.BrokerConnection;
import dev.doorstep.protocol.mqtt.BrokerLogin;
import dev.doorstep.protocol.mqtt.ConnectionGoneException;
import dev.doorstep.protocol.mqtt.Message;
import dev.doorstep.protocol.mqtt.Subscription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The point's side of one connection to the broker. Used by the link's thread, but for pictures.
 */
final class PointSession implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PointSession.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration SESSION_EXPIRY = Duration.ofDays(1);
  private static final Duration LEAVING = Duration.ofSeconds(2);
  private static final int PIECE_MARGIN = 1024;

  /** More than everything in a packet beside topic, correlation data and payload. */
  private static final int PACKET_OVERHEAD = 32;

  /** The most correlation data that a request may carry, in bytes. */
  static final int MOST_CORRELATION = 1024;

  private static final int WINDOW = 16;

  private final BrokerConnection connection;
  private final Link link;

  /** The topics of the pictures that are on their way. */
  private final Set<String> pictures = ConcurrentHashMap.newKeySet();

  private PointSession(BrokerConnection connection, Link link) {
    this.connection = connection;
    this.link = link;
  }

  /**
   * Connects, subscribes to what is for the point and leaves its will.
   *
   * @param receiver takes messages, on the client's thread
   * @param changed called when the connection ended
   * @throws IOException that says why, if there is no broker or it refuses
   */
  static PointSession open(
      MqttSettings settings, Topics topics, String session, Receiver receiver, Runnable changed)
      throws IOException {
    byte[] lost = Codec.write(PointStatus.of(PointStatus.State.LOST, session));
    BrokerLogin login =
        new BrokerLogin(
            settings.address(),
            "doorstep-" + topics.point(),
            settings.username(),
            password(settings.passwordFile()),
            PATIENCE,
            SESSION_EXPIRY,
            Optional.of(Message.retained(topics.status(), lost)),
            settings.tlsFiles());
    Link link = new Link(receiver, changed);
    List<Subscription> all =
        List.of(
            // As published, or a retained command would look like any other.
            Subscription.to(topics.commands()).asPublished().newOnly(),
            Subscription.to(topics.uploads()),
            Subscription.to(topics.status()));
    return new PointSession(BrokerConnection.open(login, all, link), link);
  }

  boolean isUp() {
    return link.up;
  }

  /** Something failed on it: it is to be closed by the link's thread. */
  void fail() {
    link.up = false;
    link.changed.run();
  }

  /** Whether the broker ended it because another machine has the same name. */
  boolean takenOver() {
    return link.reason == BrokerConnection.SESSION_TAKEN_OVER;
  }

  /** How many messages of the outbox may be under way at once; one more is the status. */
  int window() {
    return Math.max(1, Math.min(WINDOW, connection.window() - 1));
  }

  /** The size of a blob's pieces that fits the broker's packets, in bytes. */
  int pieceSize() {
    return (int)
        Math.max(
            Content.SMALLEST_PIECE,
            Math.min(Content.LARGEST_PIECE, connection.largestPacket() - PIECE_MARGIN));
  }

  /**
   * Hands a message to the broker.
   *
   * @param answered gets the broker's reason code, below 0x80 if it has the message
   * @throws ConnectionGoneException if the connection is gone
   * @throws IOException if its payload cannot be read; nothing was sent then
   */
  void publish(Outgoing message, IntConsumer answered) throws IOException {
    byte[] payload = message.payload().bytes();
    Message packet =
        message.retained()
            ? Message.retained(message.topic(), payload)
            : Message.of(message.topic(), payload);
    connection.publish(
        message
            .correlation()
            .map(it -> packet.withHeaders(Message.Headers.NONE.withCorrelation(it.data())))
            .orElse(packet),
        answered);
  }

  /**
   * Sends a picture that may get lost, at QoS 0, unless the broker has not read the last one under
   * its topic. Any thread.
   *
   * @throws ConnectionGoneException if the connection is gone
   * @throws IOException if it cannot be read
   */
  void show(Outgoing picture) throws IOException {
    String topic = picture.topic();
    if (pictures.add(topic)) {
      Message packet = Message.of(topic, picture.payload().bytes());
      connection.pass(packet, () -> pictures.remove(topic));
    }
  }

  /**
   * Publishes a last document and disconnects properly, so that the will is not sent. If the broker
   * does not confirm the document, the connection is cut instead: then the will tells.
   */
  void leave(String topic, byte[] document) throws InterruptedException {
    CompletableFuture<Boolean> confirmed = new CompletableFuture<>();
    try {
      publish(Outgoing.retained(topic, document), reason -> confirmed.complete(true));
      confirmed.get(LEAVING.toSeconds(), TimeUnit.SECONDS);
      link.up = false;
      connection.close();
    } catch (IOException | ExecutionException | TimeoutException e) {
      log.debug("did not say that the point leaves: {}", e.toString());
      close();
    }
  }

  /** Whether a message is small enough for the broker. */
  boolean takes(Outgoing message) {
    long head =
        message.topic().getBytes(StandardCharsets.UTF_8).length
            + message.correlation().map(data -> data.data().length).orElse(0)
            + (long) PACKET_OVERHEAD;
    return message.size() + head <= connection.largestPacket();
  }

  /** Cuts the connection; only {@link #leave} ends one properly. */
  @Override
  public void close() {
    link.up = false;
    connection.abort();
  }

  static Optional<String> password(Optional<Path> file) throws IOException {
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(file.get()).strip());
    } catch (IOException e) {
      throw new IOException("the password file " + file.get() + " cannot be read", e);
    }
  }

  /** Takes messages; called on the client's thread. */
  interface Receiver {
    /**
     * A message of a subscription.
     *
     * @param safe to be run once it may be acknowledged
     */
    void arrived(Message message, Runnable safe);
  }

  /** What is known of the connection from its thread. */
  private static final class Link implements BrokerConnection.Events {
    private final Receiver receiver;
    private final Runnable changed;
    private final Acknowledgements acknowledgements = new Acknowledgements(this::acknowledge);
    private volatile boolean up = true;
    private volatile int reason;
    private volatile @Nullable BrokerConnection bearer;

    Link(Receiver receiver, Runnable changed) {
      this.receiver = receiver;
      this.changed = changed;
    }

    @Override
    public boolean acknowledges() {
      return true;
    }

    @Override
    public void arrived(BrokerConnection from, Message message) {
      bearer = from;
      Runnable safe = message.qos() == 0 ? () -> {} : acknowledgements.expect(message.id());
      receiver.arrived(message, safe);
    }

    @Override
    public void lost(BrokerConnection gone, int why) {
      reason = why;
      up = false;
      changed.run();
    }

    /** Only on the connection that brought it: another would take the id for its own. */
    private void acknowledge(int messageId) {
      BrokerConnection own = bearer;
      if (own != null && up) {
        own.acknowledge(messageId);
      }
    }
  }
}
