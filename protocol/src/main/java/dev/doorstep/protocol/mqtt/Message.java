package dev.doorstep.protocol.mqtt;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * A message of MQTT 5, to be sent or received. Its arrays are passed on as they are; nobody changes
 * them.
 *
 * @param topic where it goes; empty for none
 * @param payload its bytes
 * @param qos the quality of service, 0 to 2
 * @param retained whether the broker keeps it, or has kept it
 * @param duplicate whether the broker may have sent it before; has no meaning in one to be sent
 * @param id its packet id on the connection that brought it; 0 in one to be sent, or at QoS 0
 * @param headers what it carries beside its payload
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, compared by nobody
public record Message(
    String topic,
    byte[] payload,
    int qos,
    boolean retained,
    boolean duplicate,
    int id,
    Headers headers) {
  private static final int MOST = 65_535;

  /** Checks the topic and the numbers. */
  public Message {
    Objects.requireNonNull(payload, "payload");
    if (topic.isEmpty() || topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0) {
      throw new IllegalArgumentException("a message's topic has a name and no wildcards");
    }
    demandShort("topic", topic);
    if (qos < 0 || qos > 2 || id < 0 || id > MOST) {
      throw new IllegalArgumentException("QoS is 0 to 2, and a packet id 0 to " + MOST);
    }
  }

  /** One to be sent at QoS 1, without headers. */
  public static Message of(String topic, byte[] payload) {
    return new Message(topic, payload, 1, false, false, 0, Headers.NONE);
  }

  /** One that the broker is to keep, sent at QoS 1, without headers. */
  public static Message retained(String topic, byte[] payload) {
    return new Message(topic, payload, 1, true, false, 0, Headers.NONE);
  }

  /** The same at another quality of service. */
  public Message withQos(int other) {
    return new Message(topic, payload, other, retained, duplicate, id, headers);
  }

  /** The same with these headers in place of its own. */
  public Message withHeaders(Headers others) {
    return new Message(topic, payload, qos, retained, duplicate, id, others);
  }

  /** Topic and size; a payload may be personal. */
  @Override
  public String toString() {
    return "Message[" + payload.length + " bytes to " + topic + "]";
  }

  private static void demandShort(String what, String text) {
    // No character takes more than three bytes for each of its chars.
    if (text.length() > MOST / 3 && text.getBytes(StandardCharsets.UTF_8).length > MOST) {
      throw new IllegalArgumentException(what + " has more than " + MOST + " bytes");
    }
  }

  /**
   * What a message carries beside its payload, as far as anything of ours looks at it.
   *
   * @param responseTopic where an answer is to go
   * @param correlation what the answer is to carry, at most 65 535 bytes; not copied
   * @param expiry how long the broker may keep it for somebody who is away, to the second
   * @param contentType the kind of the payload, such as {@code application/json}
   * @param text whether the payload is UTF-8
   */
  public record Headers(
      Optional<String> responseTopic,
      Optional<byte[]> correlation,
      Optional<Duration> expiry,
      Optional<String> contentType,
      boolean text) {
    /** None at all. */
    public static final Headers NONE =
        new Headers(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);

    private static final long LONGEST_EXPIRY = 0xFFFFFFFFL;

    /** Checks lengths. */
    public Headers {
      responseTopic.ifPresent(topic -> demandShort("a response topic", topic));
      contentType.ifPresent(type -> demandShort("a content type", type));
      if (correlation.isPresent() && correlation.get().length > MOST) {
        throw new IllegalArgumentException("correlation data has more than " + MOST + " bytes");
      }
      if (expiry.isPresent()
          && (expiry.get().isNegative() || expiry.get().toSeconds() > LONGEST_EXPIRY)) {
        throw new IllegalArgumentException("an expiry has 0 to " + LONGEST_EXPIRY + " seconds");
      }
    }

    /** The same with a response topic. */
    public Headers withResponseTopic(String topic) {
      return new Headers(Optional.of(topic), correlation, expiry, contentType, text);
    }

    /** The same with correlation data. */
    public Headers withCorrelation(byte[] data) {
      return new Headers(responseTopic, Optional.of(data), expiry, contentType, text);
    }

    /** The same with an expiry. */
    public Headers withExpiry(Duration time) {
      return new Headers(responseTopic, correlation, Optional.of(time), contentType, text);
    }

    /** The same with the kind of a payload that is UTF-8. */
    public Headers withText(String type) {
      return new Headers(responseTopic, correlation, expiry, Optional.of(type), true);
    }
  }
}
