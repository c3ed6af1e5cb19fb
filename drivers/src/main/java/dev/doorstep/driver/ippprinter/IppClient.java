package dev.doorstep.driver.ippprinter;

import com.hp.jipp.encoding.IppOutputStream;
import com.hp.jipp.encoding.IppPacket;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.http.HttpAddress;
import dev.doorstep.driver.http.HttpResponse;
import dev.doorstep.driver.transport.Patience;
import dev.doorstep.driver.transport.Transport;
import dev.doorstep.driver.transport.Transports;
import dev.doorstep.protocol.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Requests to one printer, each on a connection of its own that ends with the answer: so no answer
 * is taken for one to another request, and none is lost on a connection that has ended unseen.
 */
final class IppClient {
  private static final int IPP_PORT = 631;

  /** What is sent in one go: on a slow line this takes long enough to be asked in between. */
  private static final int PIECE = 32 * 1024;

  /** Whole descriptions of large printers have some 100 KB; we ask for a small part of them. */
  private static final int LARGEST_ANSWER = 1 << 20;

  private static final int OK = 200;
  private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final HttpAddress server;
  private final Transports transports;

  /**
   * A client.
   *
   * @param address such as {@code ipp://localhost:631/printers/office}
   */
  IppClient(URI address, Transports transports) {
    this.server = HttpAddress.of(address, IPP_PORT);
    this.transports = transports;
  }

  /** A document on its way to the printer. */
  interface Source {
    /** Fills the buffer with what comes next; how much, at least 1, or -1 at the end. */
    int read(byte[] buffer) throws DeviceException;
  }

  /** The printer's address. */
  URI address() {
    return server.uri();
  }

  /**
   * Asks and waits for the answer.
   *
   * @param unwanted whether nobody wants the answer any more: then it ends {@code STOPPING}
   * @throws DeviceException what became of it, or what the printer said instead of an answer
   */
  IppAnswer ask(IppPacket request, Deadline deadline, BooleanSupplier unwanted)
      throws DeviceException {
    byte[] packet = bytes(request);
    try (Transport transport = transports.open(server.connection(), deadline)) {
      transport.write(join(head("Content-Length: " + packet.length), packet), deadline);
      return answer(transport, deadline, unwanted);
    }
  }

  /** Asks with a document behind the request, and waits for the answer. */
  IppAnswer send(IppPacket request, Source document, Deadline deadline, BooleanSupplier unwanted)
      throws DeviceException {
    try (Transport transport = transports.open(server.connection(), deadline)) {
      transport.write(
          join(head("Transfer-Encoding: chunked"), chunk(bytes(request), -1)), deadline);
      byte[] piece = new byte[PIECE];
      for (int count = document.read(piece); count >= 0; count = document.read(piece)) {
        if (unwanted.getAsBoolean()) {
          throw new DeviceException(ErrorCode.STOPPING, "stopped in the middle of the document");
        }
        transport.write(chunk(piece, count), deadline);
      }
      transport.write(LAST_CHUNK, deadline);
      return answer(transport, deadline, unwanted);
    }
  }

  /**
   * Makes sure that the lane has not closed the wires of this device.
   *
   * @throws DeviceException {@code DISCONNECTED} if it has: then nothing can be asked any more
   */
  void demandWires() throws DeviceException {
    AutoCloseable nothing = () -> {};
    transports.own(nothing);
    transports.disown(nothing);
  }

  private static IppAnswer answer(Transport transport, Deadline deadline, BooleanSupplier unwanted)
      throws DeviceException {
    HttpResponse response = HttpResponse.read(transport, new Patience(deadline, unwanted));
    if (response.status() != OK) {
      throw refusal(response.status());
    }
    return IppAnswer.parse(response.bytes(LARGEST_ANSWER));
  }

  private byte[] head(String length) {
    return server.head(
        "POST",
        server.target(),
        List.of("Content-Type: application/ipp", "Accept: application/ipp", length));
  }

  @SuppressWarnings("resource") // memory alone
  private static byte[] bytes(IppPacket packet) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new IppOutputStream(bytes).write(packet);
    return bytes.toByteArray();
  }

  /** A chunk of HTTP; all the bytes if the count is negative. */
  private static byte[] chunk(byte[] bytes, int count) {
    int length = count < 0 ? bytes.length : count;
    byte[] head = (Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    byte[] chunk = Arrays.copyOf(head, head.length + length + 2);
    System.arraycopy(bytes, 0, chunk, head.length, length);
    chunk[chunk.length - 2] = '\r';
    chunk[chunk.length - 1] = '\n';
    return chunk;
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  private static DeviceException refusal(int status) {
    return switch (status) {
      case 401, 403, 426 ->
          new DeviceException(
              ErrorCode.ACCESS_DENIED,
              "HTTP status " + status + ": the printer demands a password or encryption");
      case 404 ->
          new DeviceException(
              ErrorCode.NOT_CONNECTED, "HTTP status 404: no such printer there; check the path");
      case 413 ->
          new DeviceException(
              ErrorCode.DOCUMENT_TOO_LARGE, "HTTP status 413: the document is too large for it");
      case 503 ->
          new DeviceException(ErrorCode.DEVICE_IN_USE, "HTTP status 503: the printer is busy");
      default ->
          new DeviceException(
              ErrorCode.DEVICE_FAULT,
              "HTTP status " + status + "; check that the address is one of IPP");
    };
  }
}
