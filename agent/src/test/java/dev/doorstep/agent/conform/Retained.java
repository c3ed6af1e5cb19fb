package dev.doorstep.agent.conform;

import static org.awaitility.Awaitility.await;

import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.mqtt.BrokerAddress;
import dev.doorstep.protocol.mqtt.BrokerConnection;
import dev.doorstep.protocol.mqtt.BrokerLogin;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** What a broker keeps under a filter. */
final class Retained implements BrokerConnection.Events, AutoCloseable {
  private static final String LAST = "retained-last";

  private final List<String> topics = new CopyOnWriteArrayList<>();
  private final BrokerConnection connection;

  Retained(String broker, String filter) throws IOException, MqttException {
    BrokerLogin login =
        new BrokerLogin(
            BrokerAddress.of(URI.create(broker)),
            "retained-" + Names.random(),
            Optional.empty(),
            Optional.empty(),
            Duration.ofSeconds(10),
            Duration.ZERO,
            Optional.empty());
    List<MqttSubscription> filters =
        List.of(new MqttSubscription(filter, 1), new MqttSubscription(LAST, 1));
    connection = BrokerConnection.open(login, filters, this);
    connection.publish(
        LAST, new MqttMessage(new byte[0], 1, false, new MqttProperties()), reason -> {});
  }

  /** The topics; what is retained comes before what was published after. */
  List<String> topics() {
    await().atMost(Duration.ofSeconds(10)).until(() -> topics.contains(LAST));
    return topics.stream().filter(topic -> !topic.equals(LAST)).toList();
  }

  @Override
  public void arrived(BrokerConnection from, String topic, MqttMessage message) {
    topics.add(topic);
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
