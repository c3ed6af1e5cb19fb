package dev.doorstep.driver.eloamcamera;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.transport.CarriedException;
import dev.doorstep.driver.transport.Patience;
import dev.doorstep.driver.transport.Transport;
import dev.doorstep.driver.transport.TransportInput;
import dev.doorstep.protocol.ErrorCode;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The client's side of a WebSocket for text, over a transport: blocking, with a patience for each
 * message, which closing the transport ends. What comes is bounded, however it is cut into frames.
 */
final class WebSocketWire {
  /** The largest message, in bytes: a JPEG of nine megabytes in base64. */
  static final int LARGEST = 12 << 20;

  private static final int PART = 1 << 16;
  private static final int MOST_FRAMES = 1 << 16;
  private static final int LONGEST_CONTROL = 125;
  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Transport transport;
  private boolean torn;

  private WebSocketWire(Transport transport) {
    this.transport = transport;
  }

  /**
   * Asks for the upgrade.
   *
   * @param authority host and port
   * @throws DeviceException {@code DEVICE_FAULT} if the service refuses, {@code GARBLED} if there
   *     is another one
   */
  static WebSocketWire open(Transport transport, String authority, String path, Patience patience)
      throws DeviceException {
    byte[] nonce = new byte[16];
    RANDOM.nextBytes(nonce);
    String key = Base64.getEncoder().encodeToString(nonce);
    transport.write(Upgrade.request(authority, path, key), patience.due());
    WebSocketWire wire = upgraded(transport);
    wire.attempt(
        patience,
        in -> {
          Upgrade.demand(in, key);
          return in;
        });
    return wire;
  }

  /** One whose upgrade is done. */
  static WebSocketWire upgraded(Transport transport) {
    return new WebSocketWire(transport);
  }

  /** Sends a text message. */
  void send(String text, Deadline deadline) throws DeviceException {
    send(TEXT, text.getBytes(StandardCharsets.UTF_8), deadline);
  }

  /** Whether it stopped within a message, so that no other can be read. */
  boolean isTorn() {
    return torn;
  }

  /**
   * The next text message; pings are answered meanwhile.
   *
   * @throws DeviceException {@code DISCONNECTED} if the service closes, {@code DOCUMENT_TOO_LARGE},
   *     {@code GARBLED}
   */
  MessageBytes receive(Patience patience) throws DeviceException {
    return attempt(patience, in -> message(in, patience));
  }

  private interface Reading<T> {
    T from(DataInputStream in) throws IOException, DeviceException;
  }

  private <T> T attempt(Patience patience, Reading<T> reading) throws DeviceException {
    try {
      return reading.from(new DataInputStream(new TransportInput(transport, patience)));
    } catch (CarriedException e) {
      throw e.reason();
    } catch (IOException e) {
      throw new DeviceException(ErrorCode.GARBLED, "no WebSocket", e);
    }
  }

  private MessageBytes message(DataInputStream in, Patience patience)
      throws IOException, DeviceException {
    MessageBytes message = new MessageBytes();
    boolean begun = false;
    for (int frames = 0; frames < MOST_FRAMES; frames++) {
      int first = in.readUnsignedByte();
      torn = true; // until this message has ended
      int opcode = first & 0x0F;
      boolean last = (first & 0x80) != 0;
      int length = length(in, opcode >= CLOSE ? LONGEST_CONTROL : LARGEST - message.size());
      if (opcode >= CLOSE) {
        control(opcode, in.readNBytes(length), patience);
        torn = begun;
        continue;
      }
      if ((first & 0x70) != 0 || opcode != (begun ? CONTINUATION : TEXT)) {
        throw garbled("a frame that begins %02X".formatted(first));
      }
      begun = true;
      for (int left = length; left > 0; left -= Math.min(left, PART)) {
        byte[] part = new byte[Math.min(left, PART)];
        in.readFully(part);
        message.add(part);
      }
      if (last) {
        torn = false;
        return message;
      }
    }
    throw garbled("a message of more than " + MOST_FRAMES + " frames");
  }

  private static int length(DataInputStream in, int most) throws IOException, DeviceException {
    int second = in.readUnsignedByte();
    long length = second & 0x7F;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    if ((second & 0x80) != 0 || length < 0) {
      throw garbled("a frame of a server that is masked, or longer than can be");
    }
    if (length > most) {
      throw new DeviceException(
          ErrorCode.DOCUMENT_TOO_LARGE, "a message of more than " + LARGEST + " bytes");
    }
    return (int) length;
  }

  private void control(int opcode, byte[] data, Patience patience) throws DeviceException {
    if (opcode == CLOSE) {
      throw new DeviceException(ErrorCode.DISCONNECTED, "the service closed the connection");
    }
    if (opcode == PING) {
      send(PONG, data, patience.due());
    } else if (opcode != PONG) {
      throw garbled("a frame of the kind " + opcode);
    }
  }

  private void send(int opcode, byte[] data, Deadline deadline) throws DeviceException {
    byte[] mask = new byte[4];
    RANDOM.nextBytes(mask);
    ByteBuffer frame = ByteBuffer.allocate(8 + data.length).put((byte) (0x80 | opcode));
    if (data.length <= LONGEST_CONTROL) {
      frame.put((byte) (0x80 | data.length));
    } else {
      frame.put((byte) (0x80 | 126)).putShort((short) data.length); // requests are short
    }
    frame.put(mask);
    for (int i = 0; i < data.length; i++) {
      frame.put((byte) (data[i] ^ mask[i % 4]));
    }
    byte[] whole = new byte[frame.position()];
    frame.flip().get(whole);
    transport.write(whole, deadline);
  }

  private static DeviceException garbled(String what) {
    return new DeviceException(ErrorCode.GARBLED, what);
  }
}
