package dev.doorstep.agent.chaos;

import dev.doorstep.protocol.mqtt.BrokerAddress;
import dev.doorstep.protocol.mqtt.BrokerConnection;
import dev.doorstep.protocol.mqtt.BrokerLogin;
import dev.doorstep.protocol.mqtt.Message;
import dev.doorstep.protocol.mqtt.Subscription;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Hears everything below a topic, in order, and can say something itself. */
final class Ear implements BrokerConnection.Events, AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final BrokerConnection connection;
  private final List<Heard> heard = new CopyOnWriteArrayList<>();

  /** A message. */
  record Heard(String topic, JsonNode message) {}

  Ear(String broker, String filter) throws IOException {
    BrokerLogin login =
        new BrokerLogin(
            BrokerAddress.of(URI.create(broker)),
            "ear",
            Optional.empty(),
            Optional.empty(),
            Duration.ofSeconds(10),
            Duration.ZERO,
            Optional.empty());
    connection = BrokerConnection.open(login, List.of(Subscription.to(filter)), this);
  }

  /** What came on topics that end so, in order. */
  List<JsonNode> on(String branch) {
    return messages(branch).toList();
  }

  /** What came last there. */
  Optional<JsonNode> last(String branch) {
    return messages(branch).reduce((before, after) -> after);
  }

  private Stream<JsonNode> messages(String branch) {
    return heard.stream().filter(one -> one.topic().endsWith(branch)).map(Heard::message);
  }

  /** Publishes something retained. */
  void say(String topic, String json) throws IOException {
    connection.publish(
        Message.retained(topic, json.getBytes(StandardCharsets.UTF_8)), reason -> {});
  }

  @Override
  public void arrived(BrokerConnection from, Message message) {
    heard.add(new Heard(message.topic(), JSON.readTree(message.payload())));
  }

  @Override
  public void lost(BrokerConnection gone, int reason) {
    // what is missing shows in what was heard
  }

  @Override
  public void close() {
    connection.close();
  }
}
