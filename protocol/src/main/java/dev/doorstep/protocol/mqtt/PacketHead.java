package dev.doorstep.protocol.mqtt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * The head of a packet of MQTT 5, as far as it has arrived: of a PUBLISH everything before the
 * payload, of a CONNACK the whole packet, of any other the fixed header.
 *
 * <pre>
 *   PUBLISH  3x | remaining length | topic length, topic | id, if QoS > 0 | properties | payload
 *   CONNACK  20 | remaining length | flags | reason | properties
 *            lengths in bytes, of the rest and of the properties: variable byte integers
 * </pre>
 *
 * <p>Source: MQTT 5, 1.5.5, 2.1, 3.2 and 3.3.
 */
final class PacketHead {
  /** The largest remaining length: that of 1 MiB, and some more that Paho refuses by itself. */
  static final int LARGEST = (1 << 20) + 1024;

  /** The topic in the place of one that Paho cannot read. */
  static final String UNREADABLE = "unreadable";

  private static final int CONNACK = 2;
  private static final int PUBLISH = 3;
  private static final int MOST_LENGTH_BYTES = 4;
  private static final int MOST_RECEIVE = Short.MAX_VALUE;

  private final byte[] bytes;
  private final int filled;

  /**
   * A view on what has arrived.
   *
   * @param bytes the packet from its first byte on
   * @param filled how many of them have arrived
   */
  PacketHead(byte[] bytes, int filled) {
    this.bytes = bytes;
    this.filled = filled;
  }

  /**
   * How many bytes the head has at least; complete if as many have arrived.
   *
   * @throws IOException if a length is too large, or larger than what it is a part of
   */
  int required() throws IOException {
    int body = body();
    if (body > filled) {
      return body;
    }
    return switch (type()) {
      case CONNACK -> packet();
      case PUBLISH -> beforePayload();
      default -> body;
    };
  }

  /** How many bytes of the packet follow upon the complete head. */
  int following() throws IOException {
    return packet() - filled;
  }

  /** The complete head as Paho can read it: as it came, or else rewritten. */
  ByteBuffer readable() throws IOException {
    switch (type()) {
      case CONNACK -> limitReceiveMaximum();
      case PUBLISH -> {
        ByteBuffer topic = ByteBuffer.wrap(bytes, body(), filled - body());
        boolean topicReadable = PropertySection.skipString(topic);
        int section = lengthEnd(properties());
        if (!topicReadable
            || !PropertySection.readableInPublish(
                ByteBuffer.wrap(bytes, section, filled - section))) {
          return withoutProperties(topicReadable);
        }
      }
      default -> {} // nothing but the fixed header, which Paho reads
    }
    return ByteBuffer.wrap(bytes, 0, filled);
  }

  private int beforePayload() throws IOException {
    int topic = body() + 2;
    if (topic > filled) {
      return within(topic);
    }
    int properties = properties();
    int section = properties < filled ? lengthEnd(properties) : properties + 1;
    return within(section > filled ? section : section + length(properties, section));
  }

  private int within(int end) throws IOException {
    if (end > packet()) {
      throw new IOException("a PUBLISH of the broker has lengths larger than itself");
    }
    return end;
  }

  /** Paho reads it with a sign, and does not publish any more with one below zero. */
  private void limitReceiveMaximum() throws IOException {
    int properties = body() + 2;
    if (properties >= filled) {
      return;
    }
    int section = lengthEnd(properties);
    if (section > filled || section + length(properties, section) > filled) {
      return; // Paho says what is wrong with it
    }
    OptionalInt value =
        PropertySection.find(
            PropertySection.RECEIVE_MAXIMUM,
            ByteBuffer.wrap(bytes, section, length(properties, section)));
    value.ifPresent(
        at -> {
          if (twoBytes(at) > MOST_RECEIVE) {
            ByteBuffer.wrap(bytes).putShort(at, (short) MOST_RECEIVE);
          }
        });
  }

  private ByteBuffer withoutProperties(boolean keepTopic) throws IOException {
    int afterTopic = body() + 2 + twoBytes(body());
    byte[] name = UNREADABLE.getBytes(StandardCharsets.US_ASCII);
    int topic = keepTopic ? afterTopic - body() : 2 + name.length;
    int id = properties() - afterTopic;
    ByteBuffer head = ByteBuffer.allocate(1 + MOST_LENGTH_BYTES + topic + id + 1);
    head.put(bytes[0]);
    putLength(head, topic + id + 1 + following());
    if (keepTopic) {
      head.put(bytes, body(), topic);
    } else {
      head.putShort((short) name.length).put(name);
    }
    return head.put(bytes, afterTopic, id).put((byte) 0).flip();
  }

  private static void putLength(ByteBuffer out, int length) {
    int left = length;
    while (left > 0x7F) {
      out.put((byte) (left | 0x80));
      left >>>= 7;
    }
    out.put((byte) left);
  }

  private int type() {
    return (bytes[0] & 0xF0) >> 4;
  }

  /** Where the fixed header ends; beyond what has arrived if that is not known yet. */
  private int body() throws IOException {
    return lengthEnd(1);
  }

  /** Where the whole packet ends. */
  private int packet() throws IOException {
    int body = body();
    int remaining = length(1, body);
    if (remaining > LARGEST) {
      throw new IOException(
          "a packet of the broker has " + remaining + " bytes, at most " + LARGEST + " are read");
    }
    return body + remaining;
  }

  /** Where the length of a PUBLISH's properties begins. */
  private int properties() throws IOException {
    int qos = (bytes[0] >> 1) & 3;
    return body() + 2 + twoBytes(body()) + (qos > 0 ? 2 : 0);
  }

  private int lengthEnd(int start) throws IOException {
    for (int at = start; at < start + MOST_LENGTH_BYTES; at++) {
      if (at >= filled || bytes[at] >= 0) {
        return at + 1;
      }
    }
    throw new IOException("a packet of the broker has a length of more than four bytes");
  }

  private int length(int start, int end) {
    int length = 0;
    for (int at = end - 1; at >= start; at--) {
      length = (length << 7) | (bytes[at] & 0x7F);
    }
    return length;
  }

  private int twoBytes(int at) {
    return ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
  }
}
