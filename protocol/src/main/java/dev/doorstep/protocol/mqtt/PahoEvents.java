package dev.doorstep.protocol.mqtt;

import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands on what Paho tells of a connection that concerns its owner; called on Paho's threads. */
final class PahoEvents implements MqttCallback {
  private static final Logger LOG = LoggerFactory.getLogger(PahoEvents.class);

  private final BrokerConnection connection;
  private final BrokerConnection.Events events;
  private final AtomicBoolean lost = new AtomicBoolean();

  /** For the owner of a connection. */
  PahoEvents(BrokerConnection connection, BrokerConnection.Events events) {
    this.connection = connection;
    this.events = events;
  }

  @Override
  public void disconnected(MqttDisconnectResponse response) {
    MqttException cause = response.getException();
    LOG.debug(
        "disconnected: {}",
        cause == null ? response.getReasonString() : BrokerConnection.reason(cause));
    if (!lost.getAndSet(true)) { // Paho may tell it again as the connection is cut
      events.lost(connection, response.getReturnCode());
    }
  }

  @Override
  public void messageArrived(String topic, MqttMessage message) {
    events.arrived(connection, topic, message);
  }

  @Override
  public void mqttErrorOccurred(MqttException e) {
    LOG.debug("the broker broke the protocol: {}", BrokerConnection.reason(e));
  }

  @Override
  public void deliveryComplete(IMqttToken token) {
    LOG.trace("acknowledged");
  }

  @Override
  public void connectComplete(boolean reconnect, String uri) {
    LOG.debug("connected to {}", uri);
  }

  @Override
  public void authPacketArrived(int reason, MqttProperties properties) {
    LOG.debug("an AUTH packet is passed over, reason {}", reason);
  }
}
