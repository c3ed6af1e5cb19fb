package dev.doorstep.driver.videocamera;

import dev.doorstep.driver.Call;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceHealth;
import dev.doorstep.driver.Operations;
import dev.doorstep.driver.transport.Connection;
import dev.doorstep.driver.transport.Transport;
import dev.doorstep.driver.transport.Transports;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.Effect;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.CapturedDocument;
import java.net.URI;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** A camera; a connection is made for each picture. */
final class VideoCamera implements Device {
  /** A camera that sends this many broken pictures sends no whole one. */
  private static final int MOST_BROKEN = 3;

  private static final int HTTP_PORT = 80;

  private final URI address;
  private final Connection connection;
  private final Transports transports;
  private final Operations operations =
      Operations.of(Operations.entry(CaptureDocument.TYPE, Effect.SAFE, this::capture));

  VideoCamera(URI address, Transports transports) {
    this.address = address;
    this.transports = transports;
    int port = address.getPort() < 0 ? HTTP_PORT : address.getPort();
    this.connection = Connection.parse("tcp:" + address.getHost() + ":" + port);
  }

  @Override
  public Operations operations() {
    return operations;
  }

  /** Fetches the head of the stream. */
  @Override
  public DeviceHealth probe(Deadline deadline) throws DeviceException {
    try (Transport transport = transports.open(connection, deadline)) {
      MjpegStream.request(transport, address, deadline, () -> false);
    }
    return DeviceHealth.GOOD;
  }

  /** Nothing: between pictures there is no line to look after. */
  @Override
  public void idle(Deadline deadline) {}

  /** Nothing: no line stays open. */
  @Override
  public void close() {}

  /**
   * Takes the second whole picture: many cameras greet a new connection with the last one that they
   * hold, which may be older than the request.
   */
  private CapturedDocument capture(CaptureDocument parameters, Call call) throws DeviceException {
    try (Transport transport = transports.open(connection, call.deadline())) {
      MjpegStream stream =
          MjpegStream.request(transport, address, call.deadline(), call::cancelled);
      int broken = 0;
      boolean greeted = false;
      while (true) {
        byte[] part = stream.next();
        Optional<CapturedDocument> picture = picture(part);
        if (picture.isPresent() && greeted) {
          return picture.get();
        }
        greeted |= picture.isPresent();
        broken += picture.isPresent() ? 0 : 1;
        if (broken == MOST_BROKEN) {
          throw noPicture(part);
        }
      }
    }
  }

  private static Optional<CapturedDocument> picture(byte[] part) {
    int end = part.length; // cameras pad: with zeros, or with the line's end before a boundary
    while (end > 0 && (part[end - 1] == 0 || part[end - 1] == '\r' || part[end - 1] == '\n')) {
      end--;
    }
    boolean whole =
        end > 4
            && part[0] == (byte) 0xFF
            && part[1] == (byte) 0xD8
            && part[end - 2] == (byte) 0xFF
            && part[end - 1] == (byte) 0xD9;
    if (!whole) {
      return Optional.empty();
    }
    byte[] jpeg = end == part.length ? part : Arrays.copyOf(part, end);
    return JpegSize.of(jpeg)
        .map(
            size ->
                new CapturedDocument(Content.of("image/jpeg", jpeg), size.width(), size.height()));
  }

  private static DeviceException noPicture(byte[] part) {
    HexFormat hex = HexFormat.ofDelimiter(" ").withUpperCase();
    return new DeviceException(
        ErrorCode.GARBLED,
        "%d parts that are no JPEG; the last has %d bytes and begins %s"
            .formatted(MOST_BROKEN, part.length, hex.formatHex(part, 0, Math.min(4, part.length))));
  }
}
