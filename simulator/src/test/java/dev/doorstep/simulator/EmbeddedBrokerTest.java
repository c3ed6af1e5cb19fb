package dev.doorstep.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedBrokerTest {

  private final List<MqttClient> clients = new CopyOnWriteArrayList<>();
  private EmbeddedBroker broker;

  @BeforeEach
  void start() {
    broker = EmbeddedBroker.start(0);
  }

  @AfterEach
  void end() throws MqttException {
    for (MqttClient client : clients) {
      if (client.isConnected()) {
        client.disconnectForcibly(0, 0, false);
      }
      client.close(true);
    }
    broker.close();
  }

  private MqttClient connect(String id, MqttConnectionOptions options) throws MqttException {
    assertThat(broker.url()).isEqualTo("mqtt://127.0.0.1:" + broker.port());
    MqttClient client =
        new MqttClient("tcp://127.0.0.1:" + broker.port(), id, new MemoryPersistence());
    clients.add(client);
    client.connect(options);
    return client;
  }

  private MqttClient connect(String id) throws MqttException {
    return connect(id, new MqttConnectionOptions());
  }

  private static Inbox listen(MqttClient client, String filter) throws MqttException {
    Inbox inbox = new Inbox();
    client.setCallback(inbox);
    client.subscribe(filter, 1);
    return inbox;
  }

  private static void publish(MqttClient client, String topic, boolean retained, MqttProperties p)
      throws MqttException {
    MqttMessage message = new MqttMessage(topic.getBytes(UTF_8), 1, retained, p);
    client.publish(topic, message);
  }

  @Test
  void aRequestGetsItsReply() throws Exception {
    MqttClient point = connect("point");
    MqttClient center = connect("center");
    Inbox commands = listen(point, "p/command/+");
    Inbox replies = listen(center, "p/reply/center");
    MqttProperties properties = new MqttProperties();
    properties.setResponseTopic("p/reply/center");
    properties.setCorrelationData(new byte[] {1, 2, 3});
    properties.setMessageExpiryInterval(60L);

    publish(center, "p/command/reader", false, properties);
    MqttProperties received = commands.await("p/command/reader").getProperties();
    assertThat(received.getResponseTopic()).isEqualTo("p/reply/center");
    assertThat(received.getMessageExpiryInterval()).isBetween(1L, 60L);
    MqttProperties answer = new MqttProperties();
    answer.setCorrelationData(received.getCorrelationData());
    publish(point, received.getResponseTopic(), false, answer);

    assertThat(replies.await("p/reply/center").getProperties().getCorrelationData())
        .containsExactly(1, 2, 3);
  }

  @Test
  void retainedMessagesGreetWhoComesLater() throws Exception {
    publish(connect("point"), "p/status", true, new MqttProperties());

    Inbox seen = listen(connect("center"), "p/status");

    assertThat(seen.await("p/status").isRetained()).isTrue();
  }

  @Test
  void theWillOfAClientThatVanishedIsPublished() throws Exception {
    Inbox seen = listen(connect("center"), "p/status");
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setWill("p/status", new MqttMessage("lost".getBytes(UTF_8), 1, true, null));
    MqttClient point = connect("point", options);

    point.disconnectForcibly(0, 0, false);

    assertThat(new String(seen.await("p/status").getPayload(), UTF_8)).isEqualTo("lost");
  }

  @Test
  void whatWaitedTooLongIsNotDelivered() throws Exception {
    MqttConnectionOptions stays = new MqttConnectionOptions();
    stays.setCleanStart(false);
    stays.setSessionExpiryInterval(600L);
    MqttClient point = connect("point", stays);
    point.subscribe("p/command/+", 1);
    point.disconnect();
    MqttProperties soon = new MqttProperties();
    soon.setMessageExpiryInterval(1L);
    MqttClient center = connect("center");
    publish(center, "p/command/stale", false, soon);
    publish(center, "p/command/fresh", false, new MqttProperties());
    long expired = System.nanoTime() + Duration.ofMillis(1500).toNanos();
    await().until(() -> System.nanoTime() > expired);

    Inbox seen = new Inbox();
    point.setCallback(seen);
    point.connect(stays);

    seen.await("p/command/fresh");
    assertThat(seen.has("p/command/stale")).isFalse();
  }

  @Test
  void aPortThatIsTakenIsAnError() {
    assertThatThrownBy(() -> EmbeddedBroker.start(broker.port()).close())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("127.0.0.1:" + broker.port());
  }

  @Test
  void startsAgainOnItsPortAndLeavesNoFiles() throws Exception {
    int port = broker.port();
    broker.close();
    broker = EmbeddedBroker.start(port);

    assertThat(broker.port()).isEqualTo(port);
    assertThat(connect("anyone").isConnected()).isTrue();
    try (Stream<Path> files = Files.list(Path.of(""))) {
      assertThat(files.map(Path::toString)).doesNotContain("data", "doorstep");
    }
  }
}
