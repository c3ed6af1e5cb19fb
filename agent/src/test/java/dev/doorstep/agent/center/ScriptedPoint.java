package dev.doorstep.agent.center;

import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Command;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.Topics;
import dev.doorstep.protocol.mqtt.BrokerAddress;
import dev.doorstep.protocol.mqtt.NoDelaySockets;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** A point that answers each command as its test says, over a Paho client of its own. */
final class ScriptedPoint implements MqttCallback, MqttActionListener, AutoCloseable {
  /** What the point does with a command; runs on Paho's thread. */
  interface Script {
    void command(ScriptedPoint point, Received received) throws Exception;
  }

  /** A command as it came. */
  record Received(String topic, MqttMessage message, Command command) {
    String id() {
      return command.id();
    }
  }

  private final Topics topics;
  private final Script script;
  private final MqttAsyncClient client;
  private final ExecutorService sender = Executors.newSingleThreadExecutor();
  private final Semaphore room = new Semaphore(1);
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final List<Exception> failures = new CopyOnWriteArrayList<>();

  ScriptedPoint(String broker, String point, Script script) throws MqttException {
    this.topics = new Topics(point);
    this.script = script;
    this.client =
        new MqttAsyncClient(
            BrokerAddress.of(URI.create(broker)).pahoUri(),
            "doorstep-" + point,
            new MemoryPersistence());
    client.setCallback(this);
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(false);
    options.setSessionExpiryInterval(600L);
    options.setAutomaticReconnect(true);
    options.setAutomaticReconnectDelay(1, 1);
    options.setSocketFactory(new NoDelaySockets());
    client.connect(options).waitForCompletion(10_000);
    subscribe().waitForCompletion(10_000);
  }

  private IMqttToken subscribe() throws MqttException {
    return client.subscribe(topics.commands(), 1);
  }

  /** Every command so far. */
  List<Received> received() {
    return received;
  }

  List<Exception> failures() {
    return failures;
  }

  boolean isConnected() {
    return client.isConnected();
  }

  void reply(String client, String json) {
    publish(topics.reply(client), json.getBytes(StandardCharsets.UTF_8));
  }

  void piece(String client, String blob, int n, byte[] piece) {
    publish(topics.blob(client, blob, n), piece);
  }

  void publish(String topic, byte[] payload) {
    publish(topic, new MqttMessage(payload, 1, false, new MqttProperties()));
  }

  /**
   * Publishes one after the other, each when Paho has told of the acknowledgement of the one
   * before: waitForCompletion returns while Paho still counts that one.
   */
  void publish(String topic, MqttMessage message) {
    sender.execute(
        () -> {
          try {
            room.acquire();
            client.publish(topic, message, null, this);
          } catch (MqttException | InterruptedException e) {
            failures.add(e);
          }
        });
  }

  @Override
  public void onSuccess(IMqttToken token) {
    room.release();
  }

  @Override
  public void onFailure(IMqttToken token, Throwable cause) {
    room.release();
  }

  /** What a result says of a document that travels as a blob of pieces of the given size. */
  static Content.Blob blob(String id, byte[] document, int piece) throws Exception {
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(document));
    return new Content.Blob(
        "image/jpeg", id, document.length, digest, (document.length + piece - 1) / piece);
  }

  static byte[] cut(byte[] document, int piece, int n) {
    return Arrays.copyOfRange(document, n * piece, Math.min(document.length, (n + 1) * piece));
  }

  @Override
  public void messageArrived(String topic, MqttMessage message) {
    try {
      Received one = new Received(topic, message, Codec.command(message.getPayload()));
      received.add(one);
      script.command(this, one);
    } catch (Exception e) {
      failures.add(e);
    }
  }

  @Override
  public void connectComplete(boolean reconnect, String uri) {
    if (reconnect) {
      try {
        subscribe();
      } catch (MqttException e) {
        failures.add(e);
      }
    }
  }

  @Override
  public void disconnected(MqttDisconnectResponse response) {
    // Paho connects again by itself.
  }

  @Override
  public void mqttErrorOccurred(MqttException e) {
    failures.add(e);
  }

  @Override
  public void deliveryComplete(IMqttToken token) {
    // A reply is on its way; nothing hangs on it here.
  }

  @Override
  public void authPacketArrived(int reason, MqttProperties properties) {
    failures.add(new IllegalStateException("AUTH " + reason));
  }

  @Override
  public void close() throws MqttException {
    sender.shutdownNow();
    if (client.isConnected()) {
      client.disconnect(0).waitForCompletion(5_000);
    } else {
      client.disconnectForcibly(0, 1, false);
    }
    client.close();
  }
}
