package dev.doorstep.protocol.mqtt;

import io.netty.handler.codec.mqtt.MqttConnAckVariableHeader;
import io.netty.handler.codec.mqtt.MqttProperties;
import java.util.Objects;

/**
 * What a broker grants to a client in its CONNACK.
 *
 * @param sessionPresent whether it still had the client's session
 * @param window how many messages may be under way to it without its acknowledgement
 * @param largestQos the highest quality of service that it takes
 * @param largestPacket the largest packet that it takes, in bytes
 * @param keepAlive how many seconds may pass without a word to it; 0 for any
 */
record Granted(
    boolean sessionPresent, int window, int largestQos, long largestPacket, int keepAlive) {
  /** Before its answer. */
  static final Granted NOTHING = new Granted(false, 0, 0, 0, 0);

  private static final int MOST_UNDERWAY = 1000;
  private static final int USUAL_RECEIVE_MAXIMUM = 65_535;
  private static final int USUAL_QOS = 2;

  /** From the CONNACK, where what is left out has the value that MQTT 5 names. */
  static Granted of(MqttConnAckVariableHeader connected) {
    MqttProperties limits = connected.properties();
    int window = number(limits, MqttProperties.RECEIVE_MAXIMUM, USUAL_RECEIVE_MAXIMUM);
    Integer packet = Packets.value(limits, MqttProperties.MAXIMUM_PACKET_SIZE, Integer.class);
    return new Granted(
        connected.isSessionPresent(),
        Math.max(1, Math.min(MOST_UNDERWAY, window)),
        number(limits, MqttProperties.MAXIMUM_QOS, USUAL_QOS),
        packet == null ? Long.MAX_VALUE : Integer.toUnsignedLong(packet),
        number(limits, MqttProperties.SERVER_KEEP_ALIVE, Packets.KEEP_ALIVE));
  }

  private static int number(MqttProperties limits, int name, int usual) {
    return Objects.requireNonNullElse(Packets.value(limits, name, Integer.class), usual);
  }
}
