package dev.doorstep.agent.bench;

import dev.doorstep.protocol.Names;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plain Paho client, with TCP_NODELAY, of which nothing stays at the broker: what anybody would
 * write in a few lines, to be compared with.
 */
final class Bus implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Bus.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int WINDOW = 16;

  private final MqttAsyncClient client;
  private final Semaphore window = new Semaphore(WINDOW);

  private Bus(MqttAsyncClient client) {
    this.client = client;
  }

  /** Takes messages, on the client's thread. */
  interface Receiver {
    void arrived(String topic, MqttMessage message);
  }

  static Bus open(URI broker, List<String> topics, Receiver receiver) throws IOException {
    try {
      MqttAsyncClient client =
          new MqttAsyncClient(
              NoDelaySockets.uri(broker),
              "doorstep-bench-" + Names.random(),
              new MemoryPersistence());
      client.setCallback(new Incoming(receiver));
      MqttConnectionOptions options = new MqttConnectionOptions();
      options.setSocketFactory(new NoDelaySockets());
      options.setAutomaticReconnect(false);
      client.connect(options).waitForCompletion(PATIENCE.toMillis());
      int[] qos = new int[topics.size()];
      Arrays.fill(qos, 1);
      client.subscribe(topics.toArray(String[]::new), qos).waitForCompletion(PATIENCE.toMillis());
      return new Bus(client);
    } catch (MqttException e) {
      throw new IOException("no connection to " + broker, e);
    }
  }

  /** Publishes at QoS 1 and does not wait. */
  void publish(String topic, byte[] payload, MqttProperties properties) throws MqttException {
    client.publish(topic, message(payload, properties));
  }

  /** Publishes at QoS 1; waits while sixteen are under way. */
  void publishInWindow(String topic, byte[] payload) throws IOException, InterruptedException {
    if (!window.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IOException("the broker confirms nothing any more");
    }
    try {
      client.publish(
          topic,
          message(payload, new MqttProperties()),
          null,
          new MqttActionListener() {
            @Override
            public void onSuccess(IMqttToken token) {
              window.release();
            }

            @Override
            public void onFailure(IMqttToken token, Throwable cause) {
              log.warn("the broker did not confirm a message", cause);
            }
          });
    } catch (MqttException e) {
      throw new IOException("the broker is gone", e);
    }
  }

  @Override
  public void close() {
    try {
      if (client.isConnected()) {
        client.disconnect(0).waitForCompletion(PATIENCE.toMillis());
      }
      client.close();
    } catch (MqttException e) {
      log.warn("a connection of the bench did not end properly", e);
    }
  }

  private static MqttMessage message(byte[] payload, MqttProperties properties) {
    return new MqttMessage(payload, 1, false, properties);
  }

  /** Passes messages on. */
  private record Incoming(Receiver receiver) implements MqttCallback {
    @Override
    public void messageArrived(String topic, MqttMessage message) {
      receiver.arrived(topic, message);
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
      log.debug("disconnected: {}", response);
    }

    @Override
    public void mqttErrorOccurred(MqttException e) {
      log.warn("the bench's client failed", e);
    }

    @Override
    public void deliveryComplete(IMqttToken token) {
      log.trace("confirmed");
    }

    @Override
    public void connectComplete(boolean reconnect, String uri) {
      log.debug("connected to {}", uri);
    }

    @Override
    public void authPacketArrived(int reason, MqttProperties properties) {
      log.debug("an AUTH packet is passed over");
    }
  }
}
