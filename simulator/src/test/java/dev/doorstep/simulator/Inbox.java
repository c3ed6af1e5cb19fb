package dev.doorstep.simulator;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** Keeps each message that arrives at a client, by its topic. */
final class Inbox implements MqttCallback {

  private final Map<String, MqttMessage> seen = new ConcurrentHashMap<>();

  /** Waits for a message and gives it out. */
  MqttMessage await(String topic) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> Optional.ofNullable(seen.get(topic)), Optional::isPresent)
        .orElseThrow();
  }

  boolean has(String topic) {
    return seen.containsKey(topic);
  }

  @Override
  public void messageArrived(String topic, MqttMessage message) {
    seen.put(topic, message);
  }

  @Override
  public void disconnected(MqttDisconnectResponse response) {}

  @Override
  public void mqttErrorOccurred(MqttException exception) {}

  @Override
  public void deliveryComplete(IMqttToken token) {}

  @Override
  public void connectComplete(boolean reconnect, String serverUri) {}

  @Override
  public void authPacketArrived(int reasonCode, MqttProperties properties) {}
}
