package dev.doorstep.protocol.mqtt;

import java.util.Objects;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * What a broker grants to a client in its CONNACK.
 *
 * @param sessionPresent whether it still had the client's session
 * @param window how many messages may be under way to it without its acknowledgement
 * @param largestQos the highest quality of service that it takes
 * @param largestPacket the largest packet that it takes, in bytes
 */
record Granted(boolean sessionPresent, int window, int largestQos, long largestPacket) {
  /** Before its answer. */
  static final Granted NOTHING = new Granted(false, 0, 0, 0);

  private static final int MOST_UNDERWAY = 1000;
  private static final int USUAL_RECEIVE_MAXIMUM = 65_535;
  private static final int USUAL_QOS = 2;

  /** From the CONNACK, where what is left out has the value that MQTT 5 names. */
  static Granted of(IMqttToken connected) {
    MqttProperties limits = connected.getResponseProperties();
    return new Granted(
        connected.getSessionPresent(),
        Math.min(
            MOST_UNDERWAY,
            Objects.requireNonNullElse(limits.getReceiveMaximum(), USUAL_RECEIVE_MAXIMUM)),
        Objects.requireNonNullElse(limits.getMaximumQoS(), USUAL_QOS),
        Objects.requireNonNullElse(limits.getMaximumPacketSize(), Long.MAX_VALUE));
  }
}
