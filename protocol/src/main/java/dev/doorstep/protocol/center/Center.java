package dev.doorstep.protocol.center;

import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.Topics;
import dev.doorstep.protocol.mqtt.BrokerAddress;
import dev.doorstep.protocol.mqtt.BrokerConnection;
import dev.doorstep.protocol.mqtt.BrokerLogin;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;

/**
 * A center's client: one session at the broker, over which the points are called.
 *
 * <pre>{@code
 * try (Center center = Center.connect(URI.create("mqtt://127.0.0.1:1883"), "hall-1")) {
 *   IdCard card = center.point("jingan-0042")
 *       .call("reader", new ReadIdCard(Duration.ofSeconds(5)), Duration.ofSeconds(10))
 *       .toCompletableFuture().get();
 * }
 * }</pre>
 *
 * <p>It connects again by itself, and calls go on over it. If the broker has lost the session
 * meanwhile, calls without an answer are sent again under their id, which a point carries out once.
 *
 * <p>May be used from any thread. Stages complete, and updates are told, on a thread of the client:
 * what hangs on them must not block, or it holds up all other replies.
 */
public final class Center implements AutoCloseable {
  private static final Duration SESSION_EXPIRY = Duration.ofHours(1);
  private static final Duration FETCH_PATIENCE = Duration.ofSeconds(60);

  private final String client;
  private final Blobs blobs;
  private final Calls calls;
  private final Session session;

  private Center(BrokerAddress address, String client, CenterOptions options) {
    this.client = client;
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "doorstep-center-" + client);
              thread.setDaemon(true);
              return thread;
            });
    clock.setRemoveOnCancelPolicy(true);
    BrokerLogin login =
        new BrokerLogin(
            address,
            client,
            options.username(),
            options.password(),
            options.connecting(),
            SESSION_EXPIRY,
            Optional.empty());
    List<MqttSubscription> subscriptions =
        List.of(
            new MqttSubscription(Topics.replies(client), 1),
            new MqttSubscription(Topics.blobs(client), 1));
    this.blobs = new Blobs(options, clock);
    this.calls = new Calls(client, options, clock, blobs);
    this.session =
        new Session(
            address,
            events -> BrokerConnection.open(login, subscriptions, events),
            new Arrivals(),
            clock);
  }

  /** As {@link #connect(URI, String, CenterOptions)}, with the standard options. */
  public static Center connect(URI broker, String client) throws IOException {
    return connect(broker, client, CenterOptions.standard());
  }

  /**
   * Connects; returns once replies can be received.
   *
   * @param broker such as {@code mqtt://127.0.0.1:1883}
   * @param client the stable name of this client, a valid {@linkplain Names name}: its client id at
   *     the broker and its reply topic. Only one at a time may use it
   * @throws IOException if nobody is there, or the broker refuses; its text has the address
   * @throws IllegalArgumentException if the address or the name is not valid
   */
  public static Center connect(URI broker, String client, CenterOptions options)
      throws IOException {
    Center center = new Center(BrokerAddress.of(broker), Names.check("client", client), options);
    try {
      center.session.start();
      return center;
    } catch (IOException e) {
      center.close();
      throw e;
    }
  }

  /** A point, whether it is online or not; {@code id} is a valid {@linkplain Names name}. */
  public Point point(String id) {
    return new Point(id, calls);
  }

  /** As {@link #fetch(Content, Duration)}, within a minute. */
  public CompletionStage<byte[]> fetch(Content content) {
    return fetch(content, FETCH_PATIENCE);
  }

  /**
   * The bytes of a document in a result of this client's calls; not to be changed. Those of a large
   * one come after the reply, and are kept for ten minutes or until room is needed for others.
   *
   * @param patience how long to wait for its pieces
   * @return the bytes; or, exceptionally, {@link CallFailedException} with BLOB_DAMAGED if pieces
   *     are missing or do not match the digest, or DOCUMENT_TOO_LARGE if it is larger than the
   *     options' memory
   * @throws IllegalStateException if the client is closed
   */
  public CompletionStage<byte[]> fetch(Content content, Duration patience) {
    return blobs.fetch(content, patience);
  }

  /**
   * Leaves the broker; its session lives on for an hour, so that replies under way are not lost to
   * the next client of this name. Calls without an answer end with NO_REPLY.
   */
  @Override
  public void close() {
    calls.close();
    blobs.close();
    session.close();
  }

  private final class Arrivals implements Session.Events {
    @Override
    public void connected(BrokerConnection connection) {
      calls.connected(connection);
    }

    @Override
    public void disconnected() {
      calls.disconnected();
    }

    @Override
    public void arrived(String topic, MqttMessage message) {
      Topics.of(topic)
          .ifPresent(
              topics -> {
                topics
                    .pieceOf(client, topic)
                    .ifPresent(piece -> blobs.piece(topics.point(), piece, message.getPayload()));
                topics
                    .clientOf(topic)
                    .filter(client::equals)
                    .ifPresent(mine -> calls.arrived(topics.point(), message));
              });
    }
  }
}
