package dev.doorstep.protocol.conformance;

import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.Topics;
import dev.doorstep.protocol.mqtt.BrokerConnection;
import dev.doorstep.protocol.mqtt.BrokerLogin;
import dev.doorstep.protocol.mqtt.ConnectionGoneException;
import dev.doorstep.protocol.mqtt.Message;
import dev.doorstep.protocol.mqtt.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * One client at the broker that sends what it is told, and keeps all that comes back: it corrects
 * nothing and passes nothing over. Used by one thread.
 */
final class Station implements BrokerConnection.Events, AutoCloseable {
  private static final Duration ACKNOWLEDGED = Duration.ofSeconds(10);

  private final String name;
  private final Topics topics;
  private final Topics elsewhere = new Topics("none-" + Names.random());
  private final String root;
  private final BrokerConnection connection;
  private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
  private final List<Arrival> strays = new CopyOnWriteArrayList<>();
  private final List<Arrival> misled = new CopyOnWriteArrayList<>();
  private final List<Arrival> pieces = new CopyOnWriteArrayList<>();
  private final List<Arrival> announcements = new CopyOnWriteArrayList<>();
  private final Object news = new Object();
  private int arrived;
  private volatile boolean lost;

  /**
   * Connects, and listens for replies and pieces.
   *
   * @param name its name in topics
   * @param watches whether also for what the point tells unasked
   */
  Station(BrokerLogin login, Topics topics, String name, boolean watches) throws IOException {
    this.name = name;
    this.topics = topics;
    this.root = topics.status().replaceFirst("status$", "");
    // Never the id of a center that is at work under this name: the broker would put that out.
    BrokerLogin own = login.as("conform-" + Names.random(), Duration.ZERO);
    List<Subscription> filters =
        watches
            ? List.of(
                asPublished(topics.reply(name)),
                asPublished(root + "blob/" + name + "/+/+"),
                asPublished(elsewhere.reply(name)),
                asPublished(topics.status()),
                asPublished(topics.about()),
                asPublished(root + "device/+"))
            : List.of(asPublished(topics.reply(name)));
    this.connection = BrokerConnection.open(own, filters, this);
  }

  private static Subscription asPublished(String filter) {
    return Subscription.to(filter).asPublished();
  }

  String name() {
    return name;
  }

  long largestPacket() {
    return connection.largestPacket();
  }

  List<Exchange> exchanges() {
    return exchanges;
  }

  /** Replies that belong to no command of this client. */
  List<Arrival> strays() {
    return strays;
  }

  /** A point that there is not, on whose topics this client listens too. */
  Topics elsewhere() {
    return elsewhere;
  }

  /** Replies that came on topics of {@link #elsewhere}. */
  List<Arrival> misled() {
    return misled;
  }

  /** What came on the topics of pieces. */
  List<Arrival> pieces() {
    return pieces;
  }

  /** Retained documents, the first at the beginning, the newest at the end. */
  List<Arrival> announcements() {
    return announcements;
  }

  /** The newest document of a topic. */
  Optional<Arrival> document(String topic) {
    return announcements.stream()
        .filter(arrival -> arrival.topic().equals(topic))
        .reduce((before, after) -> after);
  }

  /** Sends a command. */
  Exchange send(Draft draft) throws IOException {
    return send(draft, false);
  }

  private Exchange send(Draft draft, boolean repeat) throws IOException {
    String topic = topics.reply(name);
    Exchange exchange = new Exchange(draft, topic, repeat);
    exchanges.add(exchange);
    publish(draft.message(topics.command(draft.device()), topic));
    return exchange;
  }

  /** Sends a command again, as a message of its own, while the first may be under way. */
  Exchange repeat(Exchange first, Draft draft) throws IOException {
    if (first.last().isEmpty()) {
      first.join();
    }
    return send(draft, true);
  }

  /**
   * Publishes, and waits for the broker.
   *
   * @return the broker's reason code
   */
  int publish(Message message) throws IOException {
    CompletableFuture<Integer> acknowledged = new CompletableFuture<>();
    try {
      connection.publish(message, acknowledged::complete);
      return acknowledged.get(ACKNOWLEDGED.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ConnectionGoneException | ExecutionException | TimeoutException e) {
      throw new IOException("the broker does not take a message on " + message.topic(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while publishing", e);
    }
  }

  /** Waits until something is so; false if it is not in time. */
  boolean await(Duration patience, BooleanSupplier so) throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    synchronized (news) {
      while (!so.getAsBoolean()) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (lost) {
          throw new IOException("the connection to the broker was lost");
        }
        if (left <= 0) {
          return false;
        }
        try {
          news.wait(Math.min(left, 100)); // what it waits for may come to another client
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IOException("interrupted while waiting", e);
        }
      }
    }
    return true;
  }

  @Override
  public void arrived(BrokerConnection from, Message message) {
    synchronized (news) {
      String topic = message.topic();
      boolean piece = topic.startsWith(root + "blob/");
      Arrival arrival = Arrival.of(++arrived, message, !piece);
      if (!topic.startsWith(root)) {
        misled.add(arrival);
      } else if (piece) {
        pieces.add(arrival);
      } else if (topics.clientOf(topic).isPresent()) {
        exchangeOf(arrival).ifPresentOrElse(it -> it.add(arrival), () -> strays.add(arrival));
      } else {
        announcements.add(arrival);
      }
      news.notifyAll();
    }
  }

  /** By the Correlation Data, which each message has of its own; else by the id. */
  private Optional<Exchange> exchangeOf(Arrival reply) {
    Optional<String> correlation = reply.correlation();
    return exchanges.stream()
        .filter(it -> correlation.isPresent() && it.draft().correlation().equals(correlation))
        .findFirst()
        .or(
            () ->
                exchanges.stream()
                    .filter(it -> it.draft().isReadable())
                    .filter(it -> it.draft().id().equals(reply.text("id")))
                    .reduce((before, after) -> after));
  }

  @Override
  public void lost(BrokerConnection from, int reason) {
    synchronized (news) {
      lost = true;
      news.notifyAll();
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
