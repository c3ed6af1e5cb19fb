package dev.doorstep.driver.videocamera;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.http.HttpAddress;
import dev.doorstep.driver.http.HttpResponse;
import dev.doorstep.driver.transport.CarriedException;
import dev.doorstep.driver.transport.Patience;
import dev.doorstep.driver.transport.Transport;
import dev.doorstep.protocol.ErrorCode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** The response of a camera: its head is parsed, its parts can be read. */
final class MjpegStream {
  private static final int OK = 200;
  private static final int BUFFER = 1 << 16;

  private final MjpegParts parts;

  private MjpegStream(MjpegParts parts) {
    this.parts = parts;
  }

  /**
   * Asks for the stream and reads the head of the response.
   *
   * @param patience for the head and for every part
   * @throws DeviceException {@code DEVICE_FAULT} if the camera refuses, {@code GARBLED} if the
   *     answer is no motion-JPEG stream
   */
  static MjpegStream request(Transport transport, HttpAddress address, Patience patience)
      throws DeviceException {
    transport.write(
        address.head("GET", address.target(), List.of("Accept: multipart/x-mixed-replace")),
        patience.due());
    HttpResponse response = HttpResponse.read(transport, patience);
    if (response.status() != OK) {
      throw new DeviceException(
          ErrorCode.DEVICE_FAULT, "HTTP status " + response.status() + "; check the address");
    }
    InputStream body = new BufferedInputStream(response.body(), BUFFER);
    return new MjpegStream(new MjpegParts(body, boundary(response)));
  }

  /** The bytes of the next part. */
  byte[] next() throws DeviceException {
    try {
      return parts.next();
    } catch (CarriedException e) {
      throw e.reason();
    } catch (IOException e) {
      throw new IllegalStateException("a body throws what it carries alone", e);
    }
  }

  private static String boundary(HttpResponse response) throws DeviceException {
    ContentType type = contentType(response.field(HttpHeaders.CONTENT_TYPE).orElse(""));
    String boundary = type == null ? null : type.getParameter("boundary");
    if (type == null
        || boundary == null
        || boundary.isEmpty()
        || !type.getMimeType().toLowerCase(Locale.ROOT).startsWith("multipart/")) {
      throw garbled("the content type is not multipart with a boundary; check the address");
    }
    return boundary;
  }

  private static @Nullable ContentType contentType(String field) throws DeviceException {
    try {
      return ContentType.parseLenient(field);
    } catch (IllegalArgumentException e) { // a charset that is none
      throw garbled("the content type is none; check the address");
    }
  }

  private static DeviceException garbled(String what) {
    return new DeviceException(ErrorCode.GARBLED, what);
  }
}
