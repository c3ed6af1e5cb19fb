package dev.doorstep.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorstep.agent.bench.NoDelaySockets;
import dev.doorstep.protocol.Names;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A center of the tests' own: sends any bytes, and keeps what comes back, as it came. */
public final class RawCenter implements MqttCallback, AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private final MqttAsyncClient client;
  private final String point;
  private final List<MqttMessage> replies = new CopyOnWriteArrayList<>();
  private final Map<String, List<byte[]>> pictures = new ConcurrentHashMap<>();
  private final Map<String, String> retained = new ConcurrentHashMap<>();

  /** Connects and subscribes to everything of a point. */
  public RawCenter(String broker, String point) throws MqttException {
    this.point = point;
    this.client =
        new MqttAsyncClient(
            NoDelaySockets.uri(URI.create(broker)),
            "raw-" + Names.random().substring(0, 8),
            new MemoryPersistence());
    client.setCallback(this);
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setSocketFactory(new NoDelaySockets());
    client.connect(options).waitForCompletion(5000);
    subscribe("reply/raw");
    subscribe("status");
    subscribe("about");
    subscribe("device/+");
    subscribe("event/+");
    subscribe("preview/raw/+");
  }

  /** Sends a command; what is absent is left out. */
  public void send(String device, byte[] payload, Optional<String> responseTopic, boolean retain)
      throws MqttException {
    MqttMessage message = new MqttMessage(payload, 1, retain, new MqttProperties());
    responseTopic.ifPresent(message.getProperties()::setResponseTopic);
    message.getProperties().setCorrelationData("corr".getBytes(StandardCharsets.UTF_8));
    client.publish(topic("command/" + device), message).waitForCompletion(5000);
  }

  /** Sends a command properly and waits for its final reply. */
  public JsonNode call(String device, String json) throws MqttException {
    return call(device, json.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends bytes properly and waits for the next final reply. */
  public JsonNode call(String device, byte[] payload) throws MqttException {
    int before = replies.size();
    send(device, payload, Optional.of(topic("reply/raw")), false);
    return next(before);
  }

  /** Waits for the final reply that comes after so many. */
  public JsonNode next(int before) {
    await().atMost(Duration.ofSeconds(15)).until(() -> replies.size() > before);
    MqttMessage message = replies.get(before);
    assertThat(message.getProperties().getCorrelationData()).asString().isEqualTo("corr");
    return JSON.readTree(message.getPayload());
  }

  /** How many replies came. */
  public int replies() {
    return replies.size();
  }

  /** The newest retained document of a topic below the point. */
  public JsonNode document(String branch) {
    String document = retained.get(topic(branch));
    return document == null ? JSON.missingNode() : JSON.readTree(document);
  }

  /** The pictures of a preview that came. */
  public List<byte[]> pictures(String id) {
    return List.copyOf(pictures.getOrDefault(topic("preview/raw/" + id), List.of()));
  }

  /** Waits until a member of a retained document is so. */
  public void awaitDocument(String branch, String member, String value) {
    await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(
            () -> assertThat(document(branch).path(member).asString("")).isEqualTo(value));
  }

  /** A topic below the point. */
  public String topic(String branch) {
    return "doorstep/v1/" + point + "/" + branch;
  }

  private void subscribe(String branch) throws MqttException {
    client.subscribe(new MqttSubscription(topic(branch), 1)).waitForCompletion(5000);
  }

  @Override
  public void messageArrived(String topic, MqttMessage message) {
    if (topic.equals(topic("reply/raw"))) {
      replies.add(message);
    } else if (topic.startsWith(topic("preview/raw/"))) {
      assertThat(message.getQos()).isZero();
      assertThat(message.isRetained()).isFalse();
      pictures.computeIfAbsent(topic, id -> new CopyOnWriteArrayList<>()).add(message.getPayload());
    } else {
      retained.put(topic, new String(message.getPayload(), StandardCharsets.UTF_8));
    }
  }

  @Override
  public void disconnected(MqttDisconnectResponse response) {
    assertThat(response).isNotNull();
  }

  @Override
  public void mqttErrorOccurred(MqttException e) {
    throw new AssertionError(e);
  }

  @Override
  public void deliveryComplete(IMqttToken token) {
    assertThat(token).isNotNull();
  }

  @Override
  public void connectComplete(boolean reconnect, String uri) {
    assertThat(reconnect).isFalse();
  }

  @Override
  public void authPacketArrived(int reason, MqttProperties properties) {
    throw new AssertionError("no authentication was asked for");
  }

  @Override
  public void close() throws MqttException {
    if (client.isConnected()) {
      client.disconnect(1000).waitForCompletion(2000);
    }
    client.close();
  }
}
