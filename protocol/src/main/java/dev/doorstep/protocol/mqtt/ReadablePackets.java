package dev.doorstep.protocol.mqtt;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * What a broker sends, packet by packet, so that Paho 1.2.5 can read all of it. Every packet passes
 * unchanged, but for two:
 *
 * <ul>
 *   <li>A CONNACK with a Receive Maximum above 32 767 says 32 767: Paho takes it for negative and
 *       publishes nothing.
 *   <li>A PUBLISH whose properties end Paho's receiving thread (Correlation Data above 32 767
 *       bytes, text with control characters and the like) has none. The broker would deliver it
 *       again on each connection; so it is acknowledged, and asks for no answer. A topic of that
 *       kind becomes {@value PacketHead#UNREADABLE}.
 * </ul>
 *
 * <p>The payload is not looked at, and goes to the reader's array without a copy. A time-out of the
 * socket may come anywhere: the next read goes on where it was. For one thread.
 */
final class ReadablePackets extends InputStream {
  private static final int USUAL_HEAD = 2048;

  /** How an alert of TLS begins; a broker sends no packet of MQTT that does. */
  private static final int TLS_ALERT = 0x15;

  private final InputStream in;
  private final byte[] single = new byte[1];
  private byte[] head = new byte[USUAL_HEAD];
  private int filled;
  private ByteBuffer ready = ByteBuffer.allocate(0);
  private int following;

  /** On the broker's bytes from the connection's beginning on; closes them with itself. */
  ReadablePackets(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  @Override
  public int read() throws IOException {
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
  }

  /**
   * Reads at most to the end of a packet's part.
   *
   * @throws EOFException if the connection ends within a packet
   * @throws IOException also if a packet is too large or its lengths contradict each other
   */
  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (!ready.hasRemaining() && following == 0 && !nextHead()) {
      return -1;
    }
    if (ready.hasRemaining()) {
      int count = Math.min(length, ready.remaining());
      ready.get(target, offset, count);
      return count;
    }
    int count = some(target, offset, Math.min(length, following));
    following -= count;
    return count;
  }

  /** What can be read without waiting for the broker; 0 while a head is incomplete. */
  @Override
  public int available() throws IOException {
    if (ready.hasRemaining()) {
      return ready.remaining();
    }
    return Math.min(following, in.available());
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private boolean nextHead() throws IOException {
    if (filled == 0) {
      int first = in.read();
      if (first < 0) {
        return false;
      }
      if (first == TLS_ALERT) {
        throw new BrokerException(Wording.of("speaks-tls"));
      }
      head[0] = (byte) first;
      filled = 1;
    }
    PacketHead packet = new PacketHead(head, filled);
    for (int required = packet.required(); required > filled; required = packet.required()) {
      if (required > head.length) {
        head = Arrays.copyOf(head, required);
      }
      filled += some(head, filled, required - filled);
      packet = new PacketHead(head, filled);
    }
    following = packet.following();
    ready = packet.readable();
    filled = 0;
    if (head.length > USUAL_HEAD) {
      head = new byte[USUAL_HEAD];
    }
    return true;
  }

  private int some(byte[] target, int offset, int length) throws IOException {
    int count = in.read(target, offset, length);
    if (count < 0) {
      throw new EOFException("the broker ended the connection within a packet");
    }
    return count;
  }
}
