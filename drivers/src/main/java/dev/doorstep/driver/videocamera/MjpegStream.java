package dev.doorstep.driver.videocamera;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.transport.Transport;
import dev.doorstep.protocol.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultContentLengthStrategy;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthInputStream;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.impl.io.IdentityInputStream;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.apache.hc.core5.http.io.SessionInputBuffer;

/** The response of a camera: its head is parsed, its parts can be read. */
final class MjpegStream {
  private static final Http1Config LIMITS =
      Http1Config.custom()
          .setMaxLineLength(8192)
          .setMaxHeaderCount(64)
          .setMaxEmptyLineCount(8)
          .build();

  private final MjpegParts parts;

  private MjpegStream(MjpegParts parts) {
    this.parts = parts;
  }

  /**
   * Asks for the stream and reads the head of the response.
   *
   * @param unwanted whether nobody wants the stream any more; asked while the camera is silent
   * @throws DeviceException {@code DEVICE_FAULT} if the camera refuses, {@code GARBLED} if the
   *     answer is no motion-JPEG stream
   */
  static MjpegStream request(
      Transport transport, URI address, Deadline deadline, BooleanSupplier unwanted)
      throws DeviceException {
    transport.write(head(address), deadline);
    InputStream in = new TransportInput(transport, deadline, unwanted);
    SessionInputBuffer buffer = new SessionInputBufferImpl(LIMITS.getBufferSize(), 8192);
    return attempt(
        () -> {
          ClassicHttpResponse response = new DefaultHttpResponseParser(LIMITS).parse(buffer, in);
          if (response == null) {
            throw garbled("no response");
          }
          if (response.getCode() != HttpStatus.SC_OK) {
            throw new DeviceException(
                ErrorCode.DEVICE_FAULT,
                "HTTP status " + response.getCode() + "; check the address");
          }
          return new MjpegStream(new MjpegParts(body(response, buffer, in), boundary(response)));
        });
  }

  /** The bytes of the next part. */
  byte[] next() throws DeviceException {
    return attempt(parts::next);
  }

  private static byte[] head(URI address) {
    String path = Optional.ofNullable(address.getRawPath()).filter(p -> !p.isEmpty()).orElse("/");
    String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
    String port = address.getPort() < 0 ? "" : ":" + address.getPort();
    return """
        GET %s%s HTTP/1.1
        Host: %s%s
        Accept: multipart/x-mixed-replace
        User-Agent: doorstep
        Connection: close

        """
        .formatted(path, query, address.getHost(), port)
        .replace("\n", "\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static String boundary(ClassicHttpResponse response) throws DeviceException {
    Header header = response.getFirstHeader(HttpHeaders.CONTENT_TYPE);
    ContentType type = ContentType.parseLenient(header == null ? null : header.getValue());
    String boundary = type == null ? null : type.getParameter("boundary");
    if (type == null
        || boundary == null
        || boundary.isEmpty()
        || !type.getMimeType().toLowerCase(Locale.ROOT).startsWith("multipart/")) {
      throw garbled("the content type is not multipart with a boundary; check the address");
    }
    return boundary;
  }

  private static InputStream body(
      ClassicHttpResponse response, SessionInputBuffer buffer, InputStream in)
      throws HttpException {
    long length = DefaultContentLengthStrategy.INSTANCE.determineLength(response);
    if (length == ContentLengthStrategy.CHUNKED) {
      return new ChunkedInputStream(buffer, in, LIMITS);
    }
    return length < 0
        ? new IdentityInputStream(buffer, in)
        : new ContentLengthInputStream(buffer, in, length);
  }

  private interface Step<T> {
    T run() throws IOException, HttpException, DeviceException;
  }

  private static <T> T attempt(Step<T> step) throws DeviceException {
    try {
      return step.run();
    } catch (TransportInput.Failure e) {
      throw e.reason();
    } catch (IOException | HttpException | IllegalArgumentException e) {
      // the last for a version such as -1.1; the parsers' words hold what came, so not repeated
      throw new DeviceException(
          ErrorCode.GARBLED, "no HTTP response: " + e.getClass().getSimpleName(), e);
    }
  }

  private static DeviceException garbled(String what) {
    return new DeviceException(ErrorCode.GARBLED, what);
  }
}
