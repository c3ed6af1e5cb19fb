package dev.doorstep.agent.link;

import dev.doorstep.agent.command.CommandCounters;
import dev.doorstep.agent.command.ReplyTo;
import dev.doorstep.agent.command.Request;
import dev.doorstep.protocol.Command;
import dev.doorstep.protocol.Topics;
import dev.doorstep.protocol.mqtt.Message;
import java.util.Optional;
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
  Optional<Request> request(Message message, Runnable safe) {
    Message.Headers headers = message.headers();
    Optional<String> device = topics.deviceOf(message.topic());
    if (device.isEmpty()) {
      return dropped("topic", "the topic names no device of this point");
    }
    if (headers.responseTopic().isEmpty()) {
      return dropped(
          "no-response-topic",
          "it has no response topic; set doorstep/v1/" + topics.point() + "/reply/{client}");
    }
    Optional<String> client = topics.clientOf(headers.responseTopic().get());
    if (client.isEmpty()) {
      return dropped(
          "foreign-response-topic",
          "its response topic is none of this point's; use "
              + "doorstep/v1/"
              + topics.point()
              + "/reply/{client}");
    }
    Optional<byte[]> correlation = headers.correlation();
    if (correlation.filter(data -> data.length > PointSession.MOST_CORRELATION).isPresent()) {
      return dropped(
          "correlation-too-large",
          "its correlation data is above " + PointSession.MOST_CORRELATION + " bytes");
    }
    return Optional.of(
        new Request(
            client.get(),
            device.get(),
            message.payload(),
            message.retained(),
            message.duplicate(),
            headers.expiry().orElse(Command.DEFAULT_EXPIRY),
            ways.to(client.get(), correlation.map(Outgoing.Correlation::new)),
            safe));
  }

  private Optional<Request> dropped(String reason, String text) {
    counters.dropped(reason);
    log.warn("a message was dropped: {}", text);
    return Optional.empty();
  }
}
