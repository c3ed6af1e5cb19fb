package dev.doorstep.protocol.mqtt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A PUBLISH on its way out: everything before the payload in one array, made by whoever publishes,
 * and the payload as it is. A small one stands in the array too. The packet id comes last.
 *
 * <pre>
 *   3x | remaining length | topic length, topic | id, if QoS > 0 | properties length, properties | payload
 * </pre>
 *
 * <p>Source: MQTT 5, 3.3; the properties 3.3.2.3.
 */
final class Publication {
  private static final int SMALL = 4096;
  private static final int PUBLISH = 0x30;
  private static final int PAYLOAD_FORMAT = 1;
  private static final int EXPIRY = 2;
  private static final int CONTENT_TYPE = 3;
  private static final int RESPONSE_TOPIC = 8;
  private static final int CORRELATION = 9;

  private final byte[] head;
  private final byte @Nullable [] payload;
  private final int qos;
  private final int idAt;
  private final IntConsumer acknowledged;

  /**
   * Writes a message, but for its packet id.
   *
   * @param most the highest quality of service that the broker takes
   */
  Publication(Message message, int most, IntConsumer acknowledged) {
    this.acknowledged = acknowledged;
    this.qos = Math.min(message.qos(), most);
    byte[] topic = utf8(message.topic());
    byte[] properties = message.headers().equals(Message.Headers.NONE) ? NONE : written(message);
    byte[] body = message.payload();
    int remaining =
        2
            + topic.length
            + (qos > 0 ? 2 : 0)
            + sizeOfLength(properties.length)
            + properties.length
            + body.length;
    boolean small = body.length <= SMALL;
    ByteBuffer out =
        ByteBuffer.allocate(1 + sizeOfLength(remaining) + remaining - (small ? 0 : body.length));
    out.put((byte) (PUBLISH | qos << 1 | (message.retained() ? 1 : 0)));
    putLength(out, remaining);
    putSized(out, topic);
    idAt = out.position();
    if (qos > 0) {
      out.putShort((short) 0);
    }
    putLength(out, properties.length);
    out.put(properties);
    if (small) {
      out.put(body);
    }
    head = out.array();
    payload = small ? null : body;
  }

  private static final byte[] NONE = {};

  /** Whether the broker acknowledges it. */
  boolean isAcknowledged() {
    return qos > 0;
  }

  /** Bytes of the whole packet. */
  long size() {
    return head.length + (payload == null ? 0L : payload.length);
  }

  /** The packet up to the payload, with the id that is given to it now. */
  byte[] head(int id) {
    head[idAt] = (byte) (id >> 8);
    head[idAt + 1] = (byte) id;
    return head;
  }

  /** The packet up to the payload, without an id. */
  byte[] head() {
    return head;
  }

  /** The payload, unless it stands behind the head. */
  byte @Nullable [] payload() {
    return payload;
  }

  /** Who waits for the broker's reason code. */
  IntConsumer acknowledged() {
    return acknowledged;
  }

  private static byte[] written(Message message) {
    Message.Headers headers = message.headers();
    byte[] type = headers.contentType().map(Publication::utf8).orElse(NONE);
    byte[] response = headers.responseTopic().map(Publication::utf8).orElse(NONE);
    byte[] correlation = headers.correlation().orElse(NONE);
    ByteBuffer out =
        ByteBuffer.allocate(
            (headers.text() ? 2 : 0)
                + (headers.expiry().isPresent() ? 5 : 0)
                + (headers.contentType().isPresent() ? 3 + type.length : 0)
                + (headers.responseTopic().isPresent() ? 3 + response.length : 0)
                + (headers.correlation().isPresent() ? 3 + correlation.length : 0));
    if (headers.text()) {
      out.put((byte) PAYLOAD_FORMAT).put((byte) 1);
    }
    headers.expiry().ifPresent(time -> out.put((byte) EXPIRY).putInt((int) time.toSeconds()));
    if (headers.contentType().isPresent()) {
      putSized(out.put((byte) CONTENT_TYPE), type);
    }
    if (headers.responseTopic().isPresent()) {
      putSized(out.put((byte) RESPONSE_TOPIC), response);
    }
    if (headers.correlation().isPresent()) {
      putSized(out.put((byte) CORRELATION), correlation);
    }
    return out.array();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void putSized(ByteBuffer out, byte[] bytes) {
    out.putShort((short) bytes.length).put(bytes);
  }

  private static int sizeOfLength(int length) {
    return length < 1 << 7 ? 1 : length < 1 << 14 ? 2 : length < 1 << 21 ? 3 : 4;
  }

  private static void putLength(ByteBuffer out, int length) {
    int left = length;
    while (left > 0x7F) {
      out.put((byte) (left | 0x80));
      left >>>= 7;
    }
    out.put((byte) left);
  }
}
