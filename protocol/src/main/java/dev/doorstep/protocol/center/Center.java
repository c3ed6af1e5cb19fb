package dev.doorstep.protocol.center;

import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.Topics;
import dev.doorstep.protocol.mqtt.BrokerAddress;
import dev.doorstep.protocol.mqtt.BrokerConnection;
import dev.doorstep.protocol.mqtt.BrokerLogin;
import dev.doorstep.protocol.mqtt.Message;
import dev.doorstep.protocol.mqtt.Subscription;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
  private static final Logger LOG = LoggerFactory.getLogger(Center.class);
  private static final String CLOCK = "doorstep-center-";
  private static final Duration SETTLING = Duration.ofSeconds(1);
  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final Duration FETCH_PATIENCE = Duration.ofSeconds(60);

  private final String client;
  private final ScheduledExecutorService clock;
  private final Presence presence;
  private final Announcements announcements;
  private final ExecutorService files;
  private final Remote agents;
  private final Blobs blobs;
  private final Uploads uploads;
  private final Calls calls;
  private final Session session;

  private Center(BrokerAddress address, String client, CenterOptions options) {
    this.client = client;
    this.clock = Threads.clock(CLOCK + client);
    BrokerLogin login =
        new BrokerLogin(
            address,
            client,
            options.username(),
            options.password(),
            options.connecting(),
            options.session(),
            Optional.empty(),
            options.tls());
    List<Subscription> subscriptions =
        List.of(Subscription.to(Topics.replies(client)), Subscription.to(Topics.blobs(client)));
    this.presence = new Presence(clock, SETTLING);
    this.announcements = new Announcements(presence);
    this.files = Threads.pool("doorstep-center-files-" + client, 2);
    this.agents = new PointAgents(this::point);
    this.blobs = new Blobs(options, clock, files, agents, QUIET);
    this.uploads = new Uploads(client, options.locale(), clock, presence, agents);
    this.calls = new Calls(client, options, clock, presence, blobs);
    this.session =
        new Session(
            address,
            events -> BrokerConnection.open(login, subscriptions, events),
            new Arrivals(),
            "doorstep-center-connect-" + client);
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
    return new Point(id, calls, presence, uploads, agents);
  }

  /**
   * Listens to all points that this client may read: first to what they keep at the broker, then to
   * every change and event. Meant for overviews; a call needs none of it.
   *
   * @param listener told under the same rules as updates; see {@link Center}
   */
  public Watch watch(PointListener listener) {
    announcements.watch(listener);
    return new Watch(announcements, listener);
  }

  /**
   * All points that keep something at the broker, and that this client may read, by id. Gathers
   * until nothing new came for a second, at most half a minute.
   *
   * @return the points; or, exceptionally, {@link IOException} if the broker does not let this
   *     client look, or there was no connection all the time, and {@link IllegalStateException} if
   *     the client is closed
   */
  public CompletionStage<List<KnownPoint>> points() {
    Census census = new Census(clock, Census.LONGEST);
    announcements.watch(census, census);
    census.run();
    return census.result().whenComplete((points, e) -> announcements.unwatch(census));
  }

  /** As {@link #fetch(Content, Duration)}, with a patience of a minute. */
  public CompletionStage<byte[]> fetch(Content content) {
    return fetch(content, FETCH_PATIENCE);
  }

  /**
   * The bytes of a document in a result of this client's calls; not to be changed. Those of a large
   * one come after the reply, and are kept on disk for ten minutes or until room is needed for
   * others. Pieces that are missing are asked for again, and once all are there, the point is told
   * that it need not keep them.
   *
   * @param patience how long to wait while no piece comes
   * @return the bytes; or, exceptionally, {@link CallFailedException} with BLOB_DAMAGED if pieces
   *     are missing or do not match the digest, GONE if the point no longer has those that are
   *     missing, or DOCUMENT_TOO_LARGE if there are more than 64 MiB (save or open those) or more
   *     than the options' room
   * @throws IllegalStateException if the client is closed
   */
  public CompletionStage<byte[]> fetch(Content content, Duration patience) {
    return blobs.fetch(content, patience);
  }

  /**
   * As {@link #fetch(Content, Duration)} for a document of any size: opened once all of it is there
   * and matches its digest, and read with constant memory, also after this client was closed. The
   * caller closes the stream.
   */
  public CompletionStage<InputStream> open(Content content, Duration patience) {
    if (content instanceof Content.Data data) {
      return CompletableFuture.completedFuture(new ByteArrayInputStream(data.bytes()));
    }
    return blobs.read(content, patience, ReceivedDocuments::open);
  }

  /**
   * As {@link #fetch(Content, Duration)} for a document of any size: written to a file with
   * constant memory. The file appears once all of it is there and matches its digest, and replaces
   * one of that name; it is the owner's alone where the system has such rights.
   *
   * @return the file; or, exceptionally, also {@link IOException} if it cannot be written
   */
  public CompletionStage<Path> save(Content content, Path file, Duration patience) {
    if (content instanceof Content.Data data) {
      try {
        return CompletableFuture.completedFuture(ReceivedDocuments.save(data.bytes(), file));
      } catch (IOException e) {
        return CompletableFuture.failedFuture(e);
      }
    }
    return blobs.read(content, patience, document -> ReceivedDocuments.save(document, file));
  }

  /** As {@link #upload(String, String, UploadSource)}, for a file. */
  public CompletionStage<Content> upload(String point, String contentType, Path file) {
    return upload(point, contentType, () -> Files.newInputStream(file));
  }

  /**
   * Sends a document up to a point, with constant memory, for the parameters of commands to come
   * within ten minutes. A call whose parameters hold a large document does so by itself.
   *
   * @param source read more than once: to describe the document, to send it, and again for pieces
   *     that the point has not got
   * @return what to put into the parameters; or, exceptionally, {@link CallFailedException} with
   *     NOT_ONLINE, BLOB_DAMAGED if pieces still are missing after many rounds, or what the point
   *     said, and {@link IOException} if the document cannot be read or the broker does not take it
   * @throws IllegalStateException if the client is closed
   */
  public CompletionStage<Content> upload(String point, String contentType, UploadSource source) {
    return uploads.upload(Names.check("point", point), Names.random(), contentType, source);
  }

  /**
   * Leaves the broker; its session lives on as long as the options say, so that replies under way
   * are not lost to the next client of this name. Calls without an answer end with NO_REPLY.
   */
  @Override
  public void close() {
    calls.close();
    presence.close();
    announcements.close();
    uploads.close();
    blobs.close();
    files.shutdownNow();
    if (!Threads.end(clock, CLOCK + client)) {
      LOG.warn("the thread of the client did not end in time");
    }
    session.close();
  }

  private final class Arrivals implements Session.Events {
    @Override
    public void connected(BrokerConnection connection) {
      presence.connected(connection);
      announcements.connected(connection);
      uploads.connected(connection);
      calls.connected(connection);
    }

    @Override
    public void disconnected() {
      presence.disconnected();
      announcements.disconnected();
      uploads.disconnected();
      calls.disconnected();
    }

    @Override
    public void arrived(Message message) {
      Topics.of(message.topic()).ifPresent(topics -> arrived(topics, message.topic(), message));
    }

    private void arrived(Topics topics, String topic, Message message) {
      Optional<Topics.Piece> piece = topics.pieceOf(client, topic);
      if (piece.isPresent()) {
        blobs.piece(topics.point(), piece.get(), message.payload());
      } else if (topics.clientOf(topic).isPresent()) {
        topics
            .clientOf(topic)
            .filter(client::equals)
            .ifPresent(mine -> calls.arrived(topics.point(), message));
      } else {
        announcements.arrived(topics, topic, message.payload());
      }
    }
  }
}
