package dev.doorstep.agent.bench;

import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.mqtt.BrokerAddress;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A client of MQTT 5 that can receive at QoS 1 without copying byte by byte as Paho does, and
 * publish messages that are too large for it. For one thread.
 */
final class PieceReceiver implements AutoCloseable {
  private static final int CONNECT = 0x10;
  private static final int PUBLISH = 0x30;
  private static final int PUBACK = 0x40;
  private static final int SUBSCRIBE = 0x82;
  private static final int PATIENCE_MILLIS = 60_000;
  private static final int LARGEST_TEXT = 64 * 1024;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private byte[] buffer = new byte[128 * 1024];
  private int length;

  /** Connects and subscribes. */
  PieceReceiver(URI broker, List<String> topics) throws IOException {
    BrokerAddress address = BrokerAddress.of(broker);
    socket = new Socket(address.host(), address.port());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 128 * 1024));
    out = socket.getOutputStream();
    Packet connect = new Packet();
    connect.text("MQTT").raw(5, 2, 0, 0, 0); // version, clean start, no keep-alive, no properties
    connect.text("doorstep-bench-" + Names.random()).send(CONNECT);
    readPacket();
    Packet subscribe = new Packet().raw(0, 1, 0); // packet id, no properties
    for (String topic : topics) {
      subscribe.text(topic).raw(1);
    }
    subscribe.send(SUBSCRIBE);
    readPacket();
  }

  /**
   * A message.
   *
   * @param topic its topic
   * @param length bytes of its payload
   * @param payload the payload, if it has less than 64 KiB; else nothing
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, compared by nobody
  record Received(String topic, int length, byte[] payload) {}

  /** Waits for the next message and acknowledges it. */
  Received next() throws IOException {
    int head = readPacket();
    while ((head & 0xF0) != PUBLISH) {
      head = readPacket();
    }
    int topicLength = (buffer[0] & 0xFF) << 8 | (buffer[1] & 0xFF);
    int at = 2 + topicLength;
    if ((head & 0x06) != 0) {
      out.write(new byte[] {(byte) PUBACK, 2, buffer[at], buffer[at + 1]});
      at += 2;
    }
    int properties = 0;
    int shift = 0;
    int digit;
    do {
      digit = buffer[at++];
      properties |= (digit & 0x7F) << shift;
      shift += 7;
    } while ((digit & 0x80) != 0);
    at += properties;
    int size = length - at;
    byte[] payload = new byte[size < LARGEST_TEXT ? size : 0];
    System.arraycopy(buffer, at, payload, 0, payload.length);
    return new Received(new String(buffer, 2, topicLength, StandardCharsets.UTF_8), size, payload);
  }

  /** Publishes at QoS 1, a message of any size in one piece. */
  void publish(String topic, byte[] payload) throws IOException {
    Packet head = new Packet().text(topic).raw(0, 2, 0); // packet id, no properties
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(PUBLISH | 2);
    int left = head.bytes.size() + payload.length;
    while (left > 127) {
      packet.write((left & 0x7F) | 0x80);
      left >>= 7;
    }
    packet.write(left);
    head.bytes.writeTo(packet);
    out.write(packet.toByteArray());
    out.write(payload);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** Reads a packet's body into the buffer and gives its first byte. */
  private int readPacket() throws IOException {
    int head = in.readUnsignedByte();
    length = 0;
    int shift = 0;
    int digit;
    do {
      digit = in.readUnsignedByte();
      length |= (digit & 0x7F) << shift;
      shift += 7;
    } while ((digit & 0x80) != 0);
    if (buffer.length < length) {
      buffer = new byte[length];
    }
    in.readFully(buffer, 0, length);
    return head;
  }

  private final class Packet {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Packet raw(int... all) {
      for (int one : all) {
        bytes.write(one);
      }
      return this;
    }

    Packet text(String text) throws IOException {
      new DataOutputStream(bytes).writeUTF(text);
      return this;
    }

    /** Sends it; it has less than 16 KiB. */
    void send(int head) throws IOException {
      ByteArrayOutputStream packet = new ByteArrayOutputStream();
      packet.write(head);
      if (bytes.size() > 127) {
        packet.write((bytes.size() & 0x7F) | 0x80);
      }
      packet.write(bytes.size() > 127 ? bytes.size() >> 7 : bytes.size());
      bytes.writeTo(packet);
      out.write(packet.toByteArray());
    }
  }
}
