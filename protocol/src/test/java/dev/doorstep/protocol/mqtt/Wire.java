package dev.doorstep.protocol.mqtt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Packets of MQTT 5 as a broker writes them. */
final class Wire {
  static final byte[] NONE = {};
  static final byte[] PING_RESPONSE = {(byte) 0xD0, 0};

  private Wire() {}

  static byte[] connack(byte[] properties) {
    return packet(0x20, new byte[] {0, 0}, length(properties.length), properties);
  }

  static byte[] receiveMaximum(int value) {
    return new byte[] {0x21, (byte) (value >> 8), (byte) value};
  }

  static byte[] publish(int first, byte[] topic, byte[] properties, byte[] payload) {
    byte[] id = (first & 6) == 0 ? NONE : new byte[] {0x12, 0x34};
    return packet(first, sized(topic), id, length(properties.length), properties, payload);
  }

  static byte[] publish(String topic, byte[] properties, byte[] payload) {
    return publish(0x32, utf8(topic), properties, payload);
  }

  static byte[] correlation(int size) {
    byte[] data = new byte[size];
    Arrays.fill(data, (byte) 'c');
    return join(new byte[] {9}, sized(data));
  }

  static byte[] text(int identifier, byte[] value) {
    return join(new byte[] {(byte) identifier}, sized(value));
  }

  static byte[] packet(int first, byte[]... parts) {
    byte[] body = join(parts);
    return join(new byte[] {(byte) first}, length(body.length), body);
  }

  static byte[] sized(byte[] value) {
    return join(new byte[] {(byte) (value.length >> 8), (byte) value.length}, value);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] length(int value) {
    ByteBuffer out = ByteBuffer.allocate(4);
    int left = value;
    do {
      int low = left & 0x7F;
      left >>= 7;
      out.put((byte) (left > 0 ? low | 0x80 : low));
    } while (left > 0);
    return Arrays.copyOf(out.array(), out.position());
  }

  static byte[] join(byte[]... parts) {
    ByteBuffer out = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(part -> part.length).sum());
    for (byte[] part : parts) {
      out.put(part);
    }
    return out.array();
  }
}
