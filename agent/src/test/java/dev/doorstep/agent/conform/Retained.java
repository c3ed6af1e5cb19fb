package dev.doorstep.agent.conform;

import static org.awaitility.Awaitility.await;

import dev.doorstep.protocol.Names;
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

/** What a broker keeps under a filter. */
final class Retained implements BrokerConnection.Events, AutoCloseable {
  private static final String LAST = "retained-last";

  private final List<String> topics = new CopyOnWriteArrayList<>();
  private final BrokerConnection connection;

  Retained(String broker, String filter) throws IOException {
    BrokerLogin login =
        new BrokerLogin(
            BrokerAddress.of(URI.create(broker)),
            "retained-" + Names.random(),
            Optional.empty(),
            Optional.empty(),
            Duration.ofSeconds(10),
            Duration.ZERO,
            Optional.empty());
    List<Subscription> filters = List.of(Subscription.to(filter), Subscription.to(LAST));
    connection = BrokerConnection.open(login, filters, this);
    connection.publish(Message.of(LAST, new byte[0]), reason -> {});
  }

  /** The topics; what is retained comes before what was published after. */
  List<String> topics() {
    await().atMost(Duration.ofSeconds(10)).until(() -> topics.contains(LAST));
    return topics.stream().filter(topic -> !topic.equals(LAST)).toList();
  }

  @Override
  public void arrived(BrokerConnection from, Message message) {
    topics.add(message.topic());
  }

  @Override
  public void lost(BrokerConnection from, int reason) {
    topics.add("lost");
  }

  @Override
  public void close() {
    connection.close();
  }
}
