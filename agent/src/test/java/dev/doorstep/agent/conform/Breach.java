package dev.doorstep.agent.conform;

import dev.doorstep.protocol.conformance.Rule;
import dev.doorstep.protocol.mqtt.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** A way to break a rule, and what the check says of it. */
enum Breach implements Bridge.Change {
  /** Puts a late will right by itself never. */
  BELIEVES_LATE_WILLS(Rule.R4, "nothing") {
    @Override
    public List<Message> pass(String topic, Message message) {
      return topic.equals("status") && text(message).contains("lost")
          ? List.of()
          : List.of(message);
    }
  },
  /** Tells every success twice. */
  SUCCEEDS_TWICE(Rule.R6, "succeeded, succeeded (agent.cancel on agent)") {
    @Override
    public List<Message> pass(String topic, Message message) {
      return text(message).contains("\"state\":\"succeeded\"")
          ? List.of(message, message)
          : List.of(message);
    }
  },
  /** Forgets to say that a command runs. */
  KEEPS_RUNNING_TO_ITSELF(Rule.R7, "accepted, succeeded (device.status on reader)") {
    @Override
    public List<Message> pass(String topic, Message message) {
      return text(message).contains("\"state\":\"running\"") ? List.of() : List.of(message);
    }
  },
  /** Has its replies retained. */
  RETAINS_REPLIES(Rule.R13, "a retained reply (agent.cancel on agent)") {
    @Override
    public List<Message> pass(String topic, Message message) {
      return topic.startsWith("reply/")
          ? List.of(
              Message.retained(message.topic(), message.payload()).withHeaders(message.headers()))
          : List.of(message);
    }
  },
  /** Drops the Correlation Data. */
  DROPS_CORRELATION(Rule.R14, "none (agent.cancel on agent)") {
    @Override
    public List<Message> pass(String topic, Message message) {
      return topic.startsWith("reply/")
          ? List.of(message.withHeaders(Message.Headers.NONE))
          : List.of(message);
    }
  },
  /** Answers a conflicting repeat as if it were another command. */
  ANSWERS_CONFLICTS(Rule.R23, "failed NO_CARD (id-card.read on reader)") {
    @Override
    public List<Message> pass(String topic, Message message) {
      return replaced(message, "rejected", "failed", "CONFLICT", "NO_CARD");
    }
  },
  /** Passes over members that it does not know. */
  TAKES_UNKNOWN_MEMBERS(Rule.R46, "succeeded (device.status on reader)") {
    @Override
    public List<Message> pass(String topic, Message message) {
      return replaced(message, ",\"dupelx\":true", "", "\"dupelx\":true", "");
    }
  },
  /** Carries out what has waited too long. */
  KEEPS_NO_EXPIRY(Rule.R34, "accepted, running, succeeded (device.status on reader)") {
    @Override
    public List<Message> pass(String topic, Message message) {
      return topic.startsWith("command/")
          ? List.of(message.withHeaders(message.headers().withExpiry(Duration.ofMinutes(1))))
          : List.of(message);
    }
  },
  /** Sends pieces with a bit turned. */
  DAMAGES_PIECES(Rule.R39, "others") {
    @Override
    public List<Message> pass(String topic, Message message) {
      if (topic.startsWith("blob/")) {
        message.payload()[0] ^= 1;
      }
      return List.of(message);
    }
  },
  /** Tells of another schema than its digest says. */
  CHANGES_SCHEMAS(Rule.R56, " of agent.release") {
    @Override
    public List<Message> pass(String topic, Message message) {
      return replaced(message, "\"released\"", "\"letgo\"", "\"released\"", "\"letgo\"");
    }
  };

  private final Rule rule;
  private final String came;

  Breach(Rule rule, String came) {
    this.rule = rule;
    this.came = came;
  }

  /** The rule that it breaks. */
  Rule rule() {
    return rule;
  }

  /** What the check says that came. */
  String came() {
    return came;
  }

  private static String text(Message message) {
    return new String(message.payload(), StandardCharsets.ISO_8859_1);
  }

  private static List<Message> replaced(
      Message message, String one, String byOne, String other, String byOther) {
    String text = text(message);
    if (!text.contains(other)) {
      return List.of(message);
    }
    String changed = text.replace(one, byOne).replace(other, byOther);
    return List.of(
        new Message(
            message.topic(),
            changed.getBytes(StandardCharsets.ISO_8859_1),
            message.qos(),
            message.retained(),
            false,
            0,
            message.headers()));
  }
}
