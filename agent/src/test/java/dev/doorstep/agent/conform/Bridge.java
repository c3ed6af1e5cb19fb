package dev.doorstep.agent.conform;

import dev.doorstep.protocol.Topics;
import dev.doorstep.protocol.mqtt.BrokerAddress;
import dev.doorstep.protocol.mqtt.BrokerConnection;
import dev.doorstep.protocol.mqtt.BrokerLogin;
import dev.doorstep.protocol.mqtt.Message;
import dev.doorstep.protocol.mqtt.Subscription;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A man in the middle: shows a real point under another name, and may change what passes, so that
 * an agent breaks just one rule.
 */
final class Bridge implements BrokerConnection.Events, AutoCloseable {
  private static final List<String> TOLD =
      List.of("reply/#", "blob/#", "status", "about", "device/+");
  private static final List<String> ASKED = List.of("command/+", "upload/#", "status");

  /** What becomes of a message that passes. */
  interface Change {
    /**
     * Changes it.
     *
     * @param topic the topic below the point, such as {@code reply/center}
     * @return what passes in its place
     */
    List<Message> pass(String topic, Message message);
  }

  private final Topics real;
  private final Topics shown;
  private final Change change;
  private final ExecutorService sender = Executors.newSingleThreadExecutor();
  private final Semaphore room = new Semaphore(1);
  private final List<Exception> failures = new CopyOnWriteArrayList<>();
  private final BrokerConnection connection;

  Bridge(String broker, String real, String shown, Change change) throws IOException {
    this.real = new Topics(real);
    this.shown = new Topics(shown);
    this.change = change;
    BrokerLogin login =
        new BrokerLogin(
            BrokerAddress.of(URI.create(broker)),
            "bridge-" + shown,
            Optional.empty(),
            Optional.empty(),
            Duration.ofSeconds(10),
            Duration.ZERO,
            Optional.empty());
    List<Subscription> filters =
        Stream.concat(
                TOLD.stream().map(it -> subscription(root(this.real) + it)),
                ASKED.stream().map(it -> subscription(root(this.shown) + it)))
            .toList();
    this.connection = BrokerConnection.open(login, filters, this);
  }

  private static Subscription subscription(String filter) {
    return Subscription.to(filter).asPublished().ofOthers();
  }

  private static String root(Topics topics) {
    return topics.status().replaceFirst("status$", "");
  }

  /** What could not be passed on. */
  List<Exception> failures() {
    return failures;
  }

  @Override
  public void arrived(BrokerConnection from, Message message) {
    String topic = message.topic();
    boolean told = topic.startsWith(root(real));
    String branch = topic.substring(root(told ? real : shown).length());
    String to = root(told ? shown : real) + branch;
    Message.Headers headers = message.headers();
    Optional<String> response = headers.responseTopic().filter(it -> it.startsWith(root(shown)));
    if (response.isPresent()) {
      headers =
          headers.withResponseTopic(root(real) + response.get().substring(root(shown).length()));
    }
    Message passing =
        new Message(to, message.payload(), message.qos(), message.retained(), false, 0, headers);
    // by the connection that it came from: the first may come before open() has returned
    change.pass(branch, passing).forEach(it -> sender.execute(() -> publish(from, it)));
  }

  private void publish(BrokerConnection by, Message message) {
    try {
      if (!room.tryAcquire(10, TimeUnit.SECONDS)) {
        throw new IOException("the broker does not acknowledge");
      }
      by.publish(message, reason -> room.release());
    } catch (IOException | InterruptedException e) {
      failures.add(e);
    }
  }

  @Override
  public void lost(BrokerConnection from, int reason) {
    failures.add(new IOException("lost, reason " + reason));
  }

  @Override
  public void close() {
    sender.shutdownNow();
    connection.close();
  }
}
