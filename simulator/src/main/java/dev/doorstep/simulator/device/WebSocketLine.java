package dev.doorstep.simulator.device;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * The browser's side of a WebSocket (RFC 6455), for text.
 *
 * <pre>
 * | FIN 1, RSV 3, opcode 4 | MASK 1, length 7 | length 0, 16 or 64 | mask 0 or 32 | data |
 * </pre>
 */
final class WebSocketLine {

  private static final int MAX_MESSAGE = 1 << 20;
  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final DataInputStream in;
  private final OutputStream out;

  private WebSocketLine(Socket socket) throws IOException {
    this.in = new DataInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  /** Asks for an upgrade on a fresh connection, as a page of this origin does. */
  static WebSocketLine open(Socket socket, String authority, String path) throws IOException {
    WebSocketLine line = new WebSocketLine(socket);
    byte[] nonce = new byte[16];
    RANDOM.nextBytes(nonce);
    String key = Base64.getEncoder().encodeToString(nonce);
    String request =
        "GET %s HTTP/1.1\r\nHost: %s\r\nOrigin: http://%s\r\nConnection: Upgrade\r\n"
                .formatted(path, authority, authority)
            + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: %s\r\n\r\n"
                .formatted(key);
    line.out.write(request.getBytes(StandardCharsets.ISO_8859_1));
    line.out.flush();
    HttpHead head = HttpHead.read(line.in);
    if (!head.first().startsWith("HTTP/1.1 101")
        || !head.field("Sec-WebSocket-Accept").equals(Optional.of(accept(key)))) {
      throw new IOException("no WebSocket: " + head.first());
    }
    return line;
  }

  /** The next text message; pings are answered meanwhile. Empty when the server closed. */
  Optional<String> read() throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    while (true) {
      int first = in.readUnsignedByte();
      byte[] data = data(MAX_MESSAGE - message.size());
      switch (first & 0x0F) {
        case CLOSE -> {
          send(CLOSE, data);
          return Optional.empty();
        }
        case PING -> send(PONG, data);
        case TEXT, CONTINUATION -> {
          message.writeBytes(data);
          if ((first & 0x80) != 0) {
            return Optional.of(message.toString(StandardCharsets.UTF_8));
          }
        }
        default -> {
          // A pong, or something binary: a page that reads text has no use for it.
        }
      }
    }
  }

  /** Sends a text message. */
  void send(String text) throws IOException {
    send(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] data(int max) throws IOException {
    int second = in.readUnsignedByte();
    long length = second & 0x7F;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    if ((second & 0x80) != 0 || length < 0 || length > max) {
      throw new IOException("a frame that is masked or too long");
    }
    byte[] data = new byte[(int) length];
    in.readFully(data);
    return data;
  }

  private void send(int opcode, byte[] data) throws IOException {
    byte[] mask = new byte[4];
    RANDOM.nextBytes(mask);
    ByteBuffer frame = ByteBuffer.allocate(14 + data.length).put((byte) (0x80 | opcode));
    if (data.length < 126) {
      frame.put((byte) (0x80 | data.length));
    } else if (data.length < 1 << 16) {
      frame.put((byte) (0x80 | 126)).putShort((short) data.length);
    } else {
      frame.put((byte) (0x80 | 127)).putLong(data.length);
    }
    frame.put(mask);
    for (int i = 0; i < data.length; i++) {
      frame.put((byte) (data[i] ^ mask[i % 4]));
    }
    synchronized (out) {
      out.write(frame.array(), 0, frame.position());
      out.flush();
    }
  }

  private static String accept(String key) {
    try {
      byte[] bytes =
          (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.ISO_8859_1);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
