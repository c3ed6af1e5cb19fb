package dev.doorstep.agent.link;

import dev.doorstep.agent.command.CommandCounters;
import dev.doorstep.agent.command.ReplyTo;
import dev.doorstep.agent.command.Request;
import dev.doorstep.protocol.Command;
import dev.doorstep.protocol.Topics;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes requests of messages; drops, counts and logs those that nobody could be answered for. */
final class Inbound {
  private static final Logger log = LoggerFactory.getLogger(Inbound.class);

  private final Topics topics;
  private final CommandCounters counters;
  private final ReplyWay ways;

  /** Where the replies to a client go. */
  interface ReplyWay {
    /** The way to a client. */
    ReplyTo to(String client, Optional<Outgoing.Correlation> correlation);
  }

  Inbound(Topics topics, CommandCounters counters, ReplyWay ways) {
    this.topics = topics;
    this.counters = counters;
    this.ways = ways;
  }

  /**
   * The request that a message is, or empty if it was dropped.
   *
   * @param safe to be run once the command is safe
   */
  Optional<Request> request(String topic, MqttMessage message, Runnable safe) {
    MqttProperties properties = message.getProperties();
    Optional<String> device = topics.deviceOf(topic);
    if (device.isEmpty()) {
      return dropped("topic", "the topic names no device of this point");
    }
    String responseTopic = properties == null ? null : properties.getResponseTopic();
    if (responseTopic == null) {
      return dropped(
          "no-response-topic",
          "it has no response topic; set doorstep/v1/" + topics.point() + "/reply/{client}");
    }
    Optional<String> client = topics.clientOf(responseTopic);
    if (client.isEmpty()) {
      return dropped(
          "foreign-response-topic",
          "its response topic is none of this point's; use "
              + "doorstep/v1/"
              + topics.point()
              + "/reply/{client}");
    }
    byte[] correlation = properties.getCorrelationData();
    if (correlation != null && correlation.length > PointSession.MOST_CORRELATION) {
      return dropped(
          "correlation-too-large",
          "its correlation data is above " + PointSession.MOST_CORRELATION + " bytes");
    }
    Long expiry = properties.getMessageExpiryInterval();
    return Optional.of(
        new Request(
            client.get(),
            device.get(),
            message.getPayload(),
            message.isRetained(),
            message.isDuplicate(),
            expiry == null ? Command.DEFAULT_EXPIRY : Duration.ofSeconds(expiry),
            ways.to(client.get(), Optional.ofNullable(correlation).map(Outgoing.Correlation::new)),
            safe));
  }

  private Optional<Request> dropped(String reason, String text) {
    counters.dropped(reason);
    log.warn("a message was dropped: {}", text);
    return Optional.empty();
  }
}
