package dev.doorstep.driver.ippprinter;

import dev.doorstep.simulator.device.Wire;
import dev.doorstep.simulator.device.WireDevice;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * A printer of few bytes: it prints texts at once. Its answers are written byte by byte (RFC 8010),
 * so that each of them can be cut off; what it answers may be made into something else.
 */
final class CannedPrinter implements WireDevice {
  private static final int CREATE_JOB = 0x05;
  private static final int GET_JOB = 0x09;
  private static final int GET_PRINTER = 0x0B;
  private static final int CANCEL_JOB = 0x08;

  private final ByteArrayOutputStream request = new ByteArrayOutputStream();
  private final Function<byte[], byte[]> made;
  private boolean cancelled;

  /** A printer that answers as it should. */
  CannedPrinter() {
    this(answer -> answer);
  }

  /** A printer whose whole answers are made into something else. */
  CannedPrinter(Function<byte[], byte[]> made) {
    this.made = made;
  }

  @Override
  public void connected(Wire wire) {
    request.reset();
  }

  @Override
  public void received(byte[] bytes, Wire wire) {
    request.writeBytes(bytes);
    String text = request.toString(StandardCharsets.ISO_8859_1);
    int body = text.indexOf("\r\n\r\n") + 4;
    boolean chunked = text.contains("chunked");
    if (body < 4 || !whole(text, body, chunked)) {
      return;
    }
    int packet = chunked ? text.indexOf("\r\n", body) + 2 : body;
    byte[] answer = answer(text.charAt(packet + 3));
    ByteArrayOutputStream response = new ByteArrayOutputStream();
    response.writeBytes(
        ("HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\nContent-Length: "
                + answer.length
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    response.writeBytes(answer);
    request.reset();
    wire.send(made.apply(response.toByteArray()));
  }

  /** An answer without its head. */
  byte[] answer(int operation) {
    Packet packet = new Packet();
    switch (operation) {
      case GET_PRINTER -> {
        packet.group(4).integer(0x23, "printer-state", 3);
        packet.text(0x44, "printer-state-reasons", "none");
        packet.text(0x49, "document-format-supported", "text/plain");
        packet.integer(0x23, "operations-supported", 4);
        for (int offered : new int[] {5, 6, 8, 9, 0x0B}) {
          packet.integer(0x23, "", offered);
        }
      }
      case CREATE_JOB -> {
        cancelled = false;
        packet.group(2).integer(0x21, "job-id", 7);
      }
      case CANCEL_JOB -> cancelled = true;
      case GET_JOB -> {
        packet.group(2).integer(0x23, "job-state", cancelled ? 7 : 9);
        packet.text(0x44, "job-state-reasons", "none");
      }
      default -> {}
    }
    return packet.end();
  }

  private static boolean whole(String text, int body, boolean chunked) {
    if (chunked) {
      return text.endsWith("\r\n0\r\n\r\n");
    }
    int at = text.indexOf("Content-Length: ") + "Content-Length: ".length();
    return text.length() - body >= Integer.parseInt(text.substring(at, text.indexOf("\r\n", at)));
  }

  /** Writes a packet of IPP. */
  static final class Packet {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Packet() {
      bytes.writeBytes(new byte[] {1, 1, 0, 0, 0, 0, 0, 1});
      group(1).text(0x47, "attributes-charset", "utf-8");
      text(0x48, "attributes-natural-language", "en");
    }

    Packet group(int tag) {
      bytes.write(tag);
      return this;
    }

    void text(int tag, String name, String value) {
      value(tag, name, value.getBytes(StandardCharsets.UTF_8));
    }

    void integer(int tag, String name, int value) {
      value(
          tag,
          name,
          new byte[] {
            (byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value
          });
    }

    void value(int tag, String name, byte[] value) {
      bytes.write(tag);
      bytes.write(0);
      bytes.write(name.length());
      bytes.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
      bytes.write(value.length >> 8);
      bytes.write(value.length);
      bytes.writeBytes(value);
    }

    byte[] end() {
      bytes.write(3);
      return bytes.toByteArray();
    }
  }
}
