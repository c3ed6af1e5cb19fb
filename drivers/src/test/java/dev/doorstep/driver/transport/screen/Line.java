package dev.doorstep.driver.transport.screen;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A browser's end of a connection, byte by byte: can do everything that a browser would not. */
final class Line implements AutoCloseable {
  static final int TEXT = 0x1;
  static final int BINARY = 0x2;
  static final int CLOSE = 0x8;
  static final int PING = 0x9;
  static final int PONG = 0xA;
  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;

  private final Socket socket;
  private final DataInputStream in;

  private Line(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    socket.setSoTimeout(5_000);
  }

  /**
   * A frame from the server.
   *
   * @param payload its bytes, each as a character
   */
  record Frame(int opcode, String payload) {
    String text() {
      return new String(bytes(), StandardCharsets.UTF_8);
    }

    int closeCode() {
      return payload.charAt(0) << 8 | payload.charAt(1);
    }

    byte[] bytes() {
      return payload.getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  static Line to(ScreenServer server) throws IOException {
    return new Line(new Socket(InetAddress.getLoopbackAddress(), server.port()));
  }

  /** A connection to the server over another address of this machine. */
  static Line to(InetAddress address, ScreenServer server) throws IOException {
    return new Line(new Socket(address, server.port()));
  }

  /** A connection that comes from a certain address. */
  static Line from(InetAddress from, InetAddress address, ScreenServer server) throws IOException {
    return new Line(new Socket(address, server.port(), from, 0));
  }

  /** A page of a screen that was upgraded and has not read anything yet. */
  static Line page(ScreenServer server, String screen) throws IOException {
    Line line = to(server);
    String answer = line.head(upgrade(server, screen, "Origin: http://" + host(server)));
    if (!answer.startsWith("HTTP/1.1 101 ")) {
      throw new IOException("not upgraded: " + answer);
    }
    return line;
  }

  static String host(ScreenServer server) {
    return "127.0.0.1:" + server.port();
  }

  static String upgrade(ScreenServer server, String screen, String origin) {
    return String.join(
        "\r\n",
        "GET /screen/" + screen + "/channel HTTP/1.1",
        "Host: " + host(server),
        origin,
        "Connection: keep-alive, Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "",
        "");
  }

  void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** Sends a request and reads the head of its answer. */
  String head(String request) throws IOException {
    send(request);
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      head.write(in.readUnsignedByte());
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  /** Sends a request and reads all that comes until the server ends the line. */
  String exchange(String request) throws IOException {
    send(request);
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  void type(String text) throws IOException {
    frame(FINAL | TEXT, text.getBytes(StandardCharsets.UTF_8), true);
  }

  void frame(int opcode, byte[] payload) throws IOException {
    frame(FINAL | opcode, payload, true);
  }

  /** Sends a frame whose first byte is given; the mask is 0x55 four times. */
  void frame(int first, byte[] payload, boolean masked) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(first);
    int mask = masked ? MASKED : 0;
    if (payload.length < 126) {
      frame.write(mask | payload.length);
    } else {
      frame.write(mask | 126);
      frame.write(payload.length >> 8);
      frame.write(payload.length);
    }
    if (masked) {
      frame.writeBytes(new byte[] {0x55, 0x55, 0x55, 0x55});
    }
    for (byte b : payload) {
      frame.write(masked ? b ^ 0x55 : b);
    }
    send(frame.toByteArray());
  }

  /** The next frame from the server; a ping is not answered. */
  Frame next() throws IOException {
    int opcode = in.readUnsignedByte() & 0x0f;
    int length = in.readUnsignedByte();
    byte[] payload = in.readNBytes(length == 126 ? in.readUnsignedShort() : length);
    return new Frame(opcode, new String(payload, StandardCharsets.ISO_8859_1));
  }

  /** Whether the server has ended the line, after at most five seconds. */
  boolean ended() throws IOException {
    try {
      while (true) {
        in.readUnsignedByte();
      }
    } catch (EOFException | SocketException e) {
      return true; // ended in order, or reset: ended either way
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
