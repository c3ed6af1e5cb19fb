package dev.doorstep.agent.link;

import dev.doorstep.agent.config.Configuration.MqttSettings;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.PointStatus;
import dev.doorstep.protocol.Topics;
import dev.doorstep.protocol.mqtt.BrokerAddress;
import dev.doorstep.protocol.mqtt.BrokerConnection;
import dev.doorstep.protocol.mqtt.BrokerLogin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The point's side of one connection to the broker. Used by the link's thread. */
final class PointSession implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PointSession.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration SESSION_EXPIRY = Duration.ofDays(1);
  private static final Duration LEAVING = Duration.ofSeconds(2);
  private static final int PIECE_MARGIN = 1024;

  /** The most correlation data that a request may carry, in bytes. */
  static final int MOST_CORRELATION = 1024;

  private static final int WINDOW = 16;
  private static final int SUBSCRIBE_NEW_ONLY = 1;
  private static final int REFUSED = 0x80;

  private final BrokerConnection connection;
  private final Link link;

  private PointSession(BrokerConnection connection, Link link) {
    this.connection = connection;
    this.link = link;
  }

  /**
   * Connects, subscribes to the commands of the point and leaves its will.
   *
   * @param arrived takes messages, on the client's thread
   * @param changed called when a confirmation came or the connection ended
   * @throws IOException that says why, if there is no broker or it refuses
   */
  static PointSession open(
      MqttSettings settings,
      Topics topics,
      String session,
      BiConsumer<String, MqttMessage> arrived,
      Runnable changed)
      throws IOException {
    MqttMessage will =
        new MqttMessage(Codec.write(PointStatus.of(PointStatus.State.LOST, session)));
    will.setQos(1);
    will.setRetained(true);
    BrokerLogin login =
        new BrokerLogin(
            BrokerAddress.of(settings.url()),
            "doorstep-" + topics.point(),
            settings.username(),
            password(settings.passwordFile()),
            PATIENCE,
            SESSION_EXPIRY,
            Optional.of(new BrokerLogin.Will(topics.status(), will)));
    MqttSubscription commands = new MqttSubscription(topics.commands(), 1);
    commands.setRetainAsPublished(true); // or a retained command would look like any other
    commands.setRetainHandling(SUBSCRIBE_NEW_ONLY);
    Link link = new Link(arrived, changed);
    return new PointSession(BrokerConnection.open(login, List.of(commands), link), link);
  }

  boolean isUp() {
    return link.up;
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
        Math.max(Content.SMALLEST_PIECE, Math.min(Content.LARGEST_PIECE, largestPayload()));
  }

  /**
   * Hands a message to the broker.
   *
   * @param confirmed called when the broker has it, or refuses it for good
   */
  void publish(Outgoing message, Runnable confirmed) throws MqttException {
    MqttMessage packet = new MqttMessage(message.payload().get());
    packet.setQos(1);
    packet.setRetained(message.retained());
    MqttProperties properties = new MqttProperties();
    message.correlation().ifPresent(data -> properties.setCorrelationData(data.data()));
    packet.setProperties(properties);
    connection.publish(
        message.topic(),
        packet,
        reason -> {
          if (reason >= REFUSED) {
            log.warn("the broker refuses a message to {}, reason {}", message.topic(), reason);
          }
          confirmed.run();
          link.changed.run();
        });
  }

  /**
   * Publishes a last document and disconnects properly, so that the will is not sent. If the broker
   * does not confirm the document, the connection is cut instead: then the will tells.
   */
  void leave(String topic, byte[] document) throws InterruptedException {
    CompletableFuture<Boolean> confirmed = new CompletableFuture<>();
    try {
      publish(Outgoing.retained(topic, document), () -> confirmed.complete(true));
      confirmed.get(LEAVING.toSeconds(), TimeUnit.SECONDS);
      link.up = false;
      connection.close();
    } catch (MqttException | ExecutionException | TimeoutException e) {
      log.debug("did not say that the point leaves: {}", e.toString());
      close();
    }
  }

  /** The largest payload that the broker takes, with room for topic and properties, in bytes. */
  long largestPayload() {
    return connection.largestPacket() - PIECE_MARGIN - MOST_CORRELATION;
  }

  /** Cuts the connection; only {@link #leave} ends one properly. */
  @Override
  public void close() {
    link.up = false;
    connection.abort();
  }

  private static Optional<String> password(Optional<Path> file) throws IOException {
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(file.get()).strip());
    } catch (IOException e) {
      throw new IOException("the password file " + file.get() + " cannot be read", e);
    }
  }

  /** What is known of the connection from Paho's threads. */
  private static final class Link implements BrokerConnection.Events {
    private final BiConsumer<String, MqttMessage> arrived;
    private final Runnable changed;
    private volatile boolean up = true;
    private volatile int reason;

    Link(BiConsumer<String, MqttMessage> arrived, Runnable changed) {
      this.arrived = arrived;
      this.changed = changed;
    }

    @Override
    public void arrived(String topic, MqttMessage message) {
      arrived.accept(topic, message);
    }

    @Override
    public void lost(BrokerConnection connection, int why) {
      reason = why;
      up = false;
      changed.run();
    }
  }
}
