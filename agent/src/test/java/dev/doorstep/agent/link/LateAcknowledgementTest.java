package dev.doorstep.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorstep.agent.config.Configuration;
import dev.doorstep.agent.config.ConfigurationFile;
import dev.doorstep.protocol.Topics;
import dev.doorstep.protocol.mqtt.BrokerAddress;
import dev.doorstep.protocol.mqtt.BrokerConnection;
import dev.doorstep.protocol.mqtt.BrokerLogin;
import dev.doorstep.protocol.mqtt.Message;
import dev.doorstep.simulator.testing.MosquittoBroker;
import dev.doorstep.simulator.testing.RealComponent;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes safe after its connection is gone is not acknowledged on the next, where the same
 * packet id may stand for another message.
 */
@RealComponent("mosquitto")
class LateAcknowledgementTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Topics TOPICS = new Topics("P");

  @TempDir private Path folder;
  private MosquittoBroker broker;
  private Configuration configuration;

  /** A message as a connection brought it. */
  private record Came(String text, Runnable safe) {}

  @BeforeEach
  void start() throws Exception {
    broker = MosquittoBroker.start(folder);
    Path file =
        Files.writeString(
            folder.resolve("doorstep.yaml"),
            "point: {id: P}\nmqtt: {url: \"" + broker.url() + "\"}\n");
    configuration = new ConfigurationFile(file, Map.of()).read();
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void belongsToTheConnectionThatBroughtTheMessage() throws Exception {
    List<Came> first = new CopyOnWriteArrayList<>();
    List<Came> second = new CopyOnWriteArrayList<>();
    List<Came> third = new CopyOnWriteArrayList<>();
    List<Came> fourth = new CopyOnWriteArrayList<>();
    try (PointSession connection = open(first)) {
      assertThat(connection.isUp()).isTrue();
      send("one", "two");
      await().atMost(PATIENCE).until(() -> first.size() == 2);
    }
    try (PointSession connection = open(second)) {
      assertThat(connection.isUp()).isTrue();
      await().atMost(PATIENCE).until(() -> second.size() == 2);
      first.forEach(came -> came.safe().run()); // too late
    }
    try (PointSession connection = open(third)) {
      assertThat(connection.isUp()).isTrue();
      await().atMost(PATIENCE).until(() -> third.size() == 2);
      third.forEach(came -> came.safe().run());
      send("three"); // acknowledged in order: once it is here, nothing was lost on the way
      await().atMost(PATIENCE).until(() -> third.size() == 3);
    }
    try (PointSession connection = open(fourth)) {
      assertThat(connection.isUp()).isTrue();
      await().atMost(PATIENCE).until(() -> !fourth.isEmpty());
    }
    assertThat(second).extracting(Came::text).containsExactly("one", "two");
    assertThat(third).extracting(Came::text).containsExactly("one", "two", "three");
    assertThat(fourth).extracting(Came::text).containsExactly("three");
  }

  private PointSession open(List<Came> arrived) throws IOException {
    return PointSession.open(
        configuration.mqtt(),
        TOPICS,
        "s",
        (message, safe) -> {
          if (TOPICS.deviceOf(message.topic()).isPresent()) {
            arrived.add(new Came(new String(message.payload(), StandardCharsets.UTF_8), safe));
          }
        },
        () -> {});
  }

  private void send(String... texts) throws Exception {
    BrokerLogin login =
        new BrokerLogin(
            BrokerAddress.of(URI.create(broker.url())),
            "sender",
            Optional.empty(),
            Optional.empty(),
            PATIENCE,
            Duration.ZERO,
            Optional.empty());
    List<Integer> taken = new CopyOnWriteArrayList<>();
    try (BrokerConnection sender = BrokerConnection.open(login, List.of(), new Silent())) {
      for (String text : texts) {
        sender.publish(
            Message.of(TOPICS.command("any"), text.getBytes(StandardCharsets.UTF_8)), taken::add);
      }
      await().atMost(PATIENCE).until(() -> taken.size() == texts.length);
    }
  }

  private static final class Silent implements BrokerConnection.Events {
    @Override
    public void arrived(BrokerConnection from, Message message) {}

    @Override
    public void lost(BrokerConnection gone, int reason) {}
  }
}
