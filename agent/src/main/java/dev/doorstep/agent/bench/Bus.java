package dev.doorstep.agent.bench;

import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.mqtt.BrokerAddress;
import dev.doorstep.protocol.mqtt.BrokerConnection;
import dev.doorstep.protocol.mqtt.BrokerLogin;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** A plain Paho client, with TCP_NODELAY, of which nothing stays at the broker. */
final class Bus implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int WINDOW = 16;

  private final BrokerConnection connection;
  private final Semaphore window = new Semaphore(WINDOW);

  private Bus(BrokerConnection connection) {
    this.connection = connection;
  }

  /** Takes messages, on the client's thread. */
  interface Receiver {
    void arrived(String topic, MqttMessage message);
  }

  static Bus open(URI broker, List<String> topics, Receiver receiver) throws IOException {
    BrokerLogin login =
        new BrokerLogin(
            BrokerAddress.of(broker),
            "doorstep-bench-" + Names.random(),
            Optional.empty(),
            Optional.empty(),
            PATIENCE,
            Duration.ZERO,
            Optional.empty());
    BrokerConnection.Events events =
        new BrokerConnection.Events() {
          @Override
          public void arrived(BrokerConnection from, String topic, MqttMessage message) {
            receiver.arrived(topic, message);
          }

          @Override
          public void lost(BrokerConnection gone, int reason) {}
        };
    List<MqttSubscription> all =
        topics.stream().map(topic -> new MqttSubscription(topic, 1)).toList();
    return new Bus(BrokerConnection.open(login, all, events));
  }

  /** Publishes at QoS 1 and does not wait. */
  void publish(String topic, byte[] payload, MqttProperties properties) throws MqttException {
    connection.publish(topic, message(payload, properties), reason -> {});
  }

  /** Publishes at QoS 1; waits while sixteen are under way. */
  void publishInWindow(String topic, byte[] payload) throws IOException, InterruptedException {
    if (!window.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IOException("the broker confirms nothing any more");
    }
    try {
      connection.publish(topic, message(payload, new MqttProperties()), reason -> window.release());
    } catch (MqttException e) {
      throw new IOException("the broker is gone", e);
    }
  }

  @Override
  public void close() {
    connection.close();
  }

  private static MqttMessage message(byte[] payload, MqttProperties properties) {
    return new MqttMessage(payload, 1, false, properties);
  }
}
