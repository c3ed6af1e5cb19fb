package dev.doorstep.agent.center;

import dev.doorstep.agent.bench.NoDelaySockets;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Command;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.Topics;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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

  /** What the point does with a piece that a client sends up. */
  interface Uploads {
    void piece(String blob, int n, byte[] piece);
  }

  /** A command as it came. */
  record Received(String topic, MqttMessage message, Command command) {
    String id() {
      return command.id();
    }
  }

  private final Topics topics;
  private final Script script;
  private final String session = Names.random();
  private final MqttAsyncClient client;
  private final AtomicInteger reconnects = new AtomicInteger();
  private final ExecutorService sender = Executors.newSingleThreadExecutor();
  private final Semaphore room = new Semaphore(1);
  private volatile Uploads uploads = (blob, n, piece) -> {};
  private volatile Script agent = ScriptedPoint::unsupported;
  private final List<Received> asked = new CopyOnWriteArrayList<>();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final List<Exception> failures = new CopyOnWriteArrayList<>();

  /**
   * Returns when the broker keeps its status and about: Artemis may miss subscriptions meanwhile.
   */
  ScriptedPoint(String broker, String point, Script script) throws Exception {
    this.topics = new Topics(point);
    this.script = script;
    this.client =
        new MqttAsyncClient(
            NoDelaySockets.uri(URI.create(broker)), "doorstep-" + point, new MemoryPersistence());
    client.setCallback(this);
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(false);
    options.setSessionExpiryInterval(600L);
    options.setAutomaticReconnect(true);
    options.setAutomaticReconnectDelay(1, 1);
    options.setSocketFactory(new PatientSockets());
    options.setWill(topics.status(), retained(status("lost", session)));
    client.connect(options).waitForCompletion(10_000);
    subscribe().waitForCompletion(10_000);
    tellStatus(status("online", session));
    tellAbout(session);
    awaitAcknowledged();
  }

  /** What the status of a session looks like. */
  static String status(String state, String session) {
    return "{\"state\":\"" + state + "\",\"session\":\"" + session + "\"}";
  }

  /** Publishes a retained status. */
  void tellStatus(String status) {
    publish(topics.status(), retained(status));
  }

  /** Publishes the retained about of a session. */
  void tellAbout(String session) {
    publish(
        topics.about(),
        retained(
            "{\"name\":\"测试\",\"record\":\"OPEN\",\"since\":\"2026-01-02T03:04:05Z\","
                + "\"version\":\"1\",\"devices\":[\"reader\"],\"session\":\""
                + session
                + "\"}"));
  }

  private static MqttMessage retained(String json) {
    return new MqttMessage(json.getBytes(StandardCharsets.UTF_8), 1, true, new MqttProperties());
  }

  private IMqttToken subscribe() throws MqttException {
    return client.subscribe(
        new String[] {topics.commands(), "doorstep/v1/" + topics.point() + "/upload/+/+/+"},
        new int[] {1, 1});
  }

  /** The session that this point begins with. */
  String session() {
    return session;
  }

  /** What the point's agent does with its own commands; by itself it knows none of them. */
  ScriptedPoint withAgent(Script script) {
    agent = script;
    return this;
  }

  /** What the point does with pieces that come up; by itself nothing. */
  ScriptedPoint withUploads(Uploads uploads) {
    this.uploads = uploads;
    return this;
  }

  /** An answer of an agent that is older than these operations. */
  private static void unsupported(ScriptedPoint point, Received command) {
    String client =
        point.topics.clientOf(command.message().getProperties().getResponseTopic()).get();
    point.reply(
        client,
        "{\"id\":\""
            + command.id()
            + "\",\"state\":\"rejected\",\"error\":{\"code\":\"UNSUPPORTED\",\"kind\":\"REQUEST\"}}");
  }

  /** Every command for the agent itself so far. */
  List<Received> asked() {
    return asked;
  }

  /** Every other command so far. */
  List<Received> received() {
    return received;
  }

  List<Exception> failures() {
    return failures;
  }

  /** How often it has connected again. */
  int reconnects() {
    return reconnects.get();
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
          } catch (MqttException e) {
            failures.add(e);
            room.release(); // there is no connection: what comes later is another matter
          } catch (InterruptedException e) {
            failures.add(e);
          }
        });
  }

  private void awaitAcknowledged() throws Exception {
    sender
        .submit(
            () -> {
              room.acquire();
              room.release();
              return true;
            })
        .get(10, TimeUnit.SECONDS);
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
      String upload = "doorstep/v1/" + topics.point() + "/upload/";
      if (topic.startsWith(upload)) {
        String[] names = topic.substring(upload.length()).split("/");
        uploads.piece(names[1], Integer.parseInt(names[2]), message.getPayload());
        return;
      }
      Received one = new Received(topic, message, Codec.command(message.getPayload()));
      if (topic.equals(topics.command("agent"))) {
        asked.add(one);
        agent.command(this, one);
      } else {
        received.add(one);
        script.command(this, one);
      }
    } catch (Exception e) {
      failures.add(e);
    }
  }

  @Override
  public void connectComplete(boolean reconnect, String uri) {
    if (reconnect) {
      reconnects.incrementAndGet();
      try {
        subscribe();
        tellStatus(status("online", session));
        tellAbout(session);
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
