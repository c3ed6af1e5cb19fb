package dev.doorstep.protocol.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttSubscribePayload;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption.RetainedHandlingPolicy;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnsubscribePayload;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ours in the forms of Netty's codec, and back. */
final class Packets {
  /** How often the broker hears something, in seconds, unless it wants another time. */
  static final int KEEP_ALIVE = 20;

  private static final int MOST_UNACKNOWLEDGED = 64;

  private Packets() {}

  /** CONNECT: goes on with the session that the broker may have. */
  static MqttMessage connect(BrokerLogin login) {
    MqttProperties properties = new MqttProperties();
    put(
        properties,
        MqttProperties.SESSION_EXPIRY_INTERVAL,
        (int) Math.min(login.sessionExpiry().toSeconds(), 0xFFFFFFFFL));
    put(properties, MqttProperties.RECEIVE_MAXIMUM, MOST_UNACKNOWLEDGED);
    put(properties, MqttProperties.MAXIMUM_PACKET_SIZE, WholePackets.LARGEST);
    MqttMessageBuilders.ConnectBuilder packet =
        MqttMessageBuilders.connect()
            .protocolVersion(MqttVersion.MQTT_5)
            .clientId(login.clientId())
            .cleanSession(false)
            .keepAlive(KEEP_ALIVE)
            .properties(properties);
    login.username().ifPresent(packet::username);
    login.password().map(text -> text.getBytes(StandardCharsets.UTF_8)).ifPresent(packet::password);
    login
        .will()
        .ifPresent(
            will ->
                packet
                    .willFlag(true)
                    .willTopic(will.topic())
                    .willMessage(will.payload())
                    .willQoS(MqttQoS.valueOf(will.qos()))
                    .willRetain(will.retained()));
    return packet.build();
  }

  private static void put(MqttProperties properties, int name, int value) {
    properties.add(new MqttProperties.IntegerProperty(name, value));
  }

  static MqttMessage subscribe(int id, List<Subscription> subscriptions) {
    List<MqttTopicSubscription> filters =
        subscriptions.stream()
            .map(it -> new MqttTopicSubscription(it.filter(), options(it)))
            .toList();
    return new MqttSubscribeMessage(
        head(MqttMessageType.SUBSCRIBE, MqttQoS.AT_LEAST_ONCE),
        new MqttMessageIdAndPropertiesVariableHeader(id, MqttProperties.NO_PROPERTIES),
        new MqttSubscribePayload(filters));
  }

  private static MqttSubscriptionOption options(Subscription subscription) {
    RetainedHandlingPolicy kept =
        switch (subscription.kept()) {
          case ALWAYS -> RetainedHandlingPolicy.SEND_AT_SUBSCRIBE;
          case NEW_ONLY -> RetainedHandlingPolicy.SEND_AT_SUBSCRIBE_IF_NOT_YET_EXISTS;
          case NEVER -> RetainedHandlingPolicy.DONT_SEND_AT_SUBSCRIBE;
        };
    return new MqttSubscriptionOption(
        MqttQoS.valueOf(subscription.qos()),
        subscription.noLocal(),
        subscription.retainAsPublished(),
        kept);
  }

  static MqttMessage unsubscribe(int id, List<String> filters) {
    return new MqttUnsubscribeMessage(
        head(MqttMessageType.UNSUBSCRIBE, MqttQoS.AT_LEAST_ONCE),
        new MqttMessageIdAndPropertiesVariableHeader(id, MqttProperties.NO_PROPERTIES),
        new MqttUnsubscribePayload(filters));
  }

  static MqttMessage disconnect(int reason) {
    return new MqttMessage(
        head(MqttMessageType.DISCONNECT, MqttQoS.AT_MOST_ONCE),
        new MqttReasonCodeAndPropertiesVariableHeader((byte) reason, MqttProperties.NO_PROPERTIES));
  }

  private static MqttFixedHeader head(MqttMessageType type, MqttQoS qos) {
    return new MqttFixedHeader(type, false, qos, false, 0); // the encoder counts the length
  }

  /** PUBACK of a message that is safe. */
  static ByteBuf acknowledgement(int id) {
    return Unpooled.wrappedBuffer(new byte[] {0x40, 2, (byte) (id >> 8), (byte) id});
  }

  /**
   * The message of a PUBLISH.
   *
   * @throws Ending if it is none that this side has asked for
   */
  static Message message(MqttPublishMessage packet) throws Ending {
    int qos = packet.fixedHeader().qosLevel().value();
    if (qos > 1) {
      throw Ending.broken(Ending.PROTOCOL_ERROR, "a message at QoS 2");
    }
    try {
      return new Message(
          packet.variableHeader().topicName(),
          ByteBufUtil.getBytes(packet.payload()),
          qos,
          packet.fixedHeader().isRetain(),
          packet.fixedHeader().isDup(),
          qos > 0 ? packet.variableHeader().packetId() : 0,
          headers(packet.variableHeader().properties()));
    } catch (IllegalArgumentException e) {
      throw Ending.broken(Ending.PROTOCOL_ERROR, String.valueOf(e.getMessage()));
    }
  }

  private static Message.Headers headers(MqttProperties properties) {
    if (properties.isEmpty()) {
      return Message.Headers.NONE;
    }
    return new Message.Headers(
        Optional.ofNullable(value(properties, MqttProperties.RESPONSE_TOPIC, String.class)),
        Optional.ofNullable(value(properties, MqttProperties.CORRELATION_DATA, byte[].class)),
        Optional.ofNullable(
                value(properties, MqttProperties.PUBLICATION_EXPIRY_INTERVAL, Integer.class))
            .map(seconds -> Duration.ofSeconds(Integer.toUnsignedLong(seconds))),
        Optional.ofNullable(value(properties, MqttProperties.CONTENT_TYPE, String.class)),
        Integer.valueOf(1)
            .equals(value(properties, MqttProperties.PAYLOAD_FORMAT_INDICATOR, Integer.class)));
  }

  /** A property's value, if it is there. */
  static <T> @Nullable T value(MqttProperties properties, int name, Class<T> kind) {
    MqttProperties.MqttProperty<?> property = properties.getProperty(name);
    return property == null ? null : kind.cast(property.value());
  }
}
