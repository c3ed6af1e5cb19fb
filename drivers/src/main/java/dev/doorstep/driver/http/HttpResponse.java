package dev.doorstep.driver.http;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.transport.CarriedException;
import dev.doorstep.driver.transport.Patience;
import dev.doorstep.driver.transport.Transport;
import dev.doorstep.driver.transport.TransportInput;
import dev.doorstep.protocol.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultContentLengthStrategy;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthInputStream;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.impl.io.IdentityInputStream;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.apache.hc.core5.http.io.SessionInputBuffer;

/** What a device answers; untrusted. For one thread. */
public final class HttpResponse {
  /** Answers that are on their way only, such as 100; more than these are none. */
  private static final int MOST_INTERIM = 8;

  private static final Http1Config LIMITS =
      Http1Config.custom()
          .setMaxLineLength(8192)
          .setMaxHeaderCount(64)
          .setMaxEmptyLineCount(8)
          .build();

  private final ClassicHttpResponse response;
  private final InputStream body;

  private HttpResponse(ClassicHttpResponse response, InputStream body) {
    this.response = response;
    this.body = body;
  }

  /**
   * Reads the head of a response.
   *
   * @param patience for the head, and for every read of the body
   * @throws DeviceException {@code GARBLED} if this is no HTTP, and what the transport throws
   */
  public static HttpResponse read(Transport transport, Patience patience) throws DeviceException {
    InputStream in = new TransportInput(transport, patience);
    SessionInputBuffer buffer = new SessionInputBufferImpl(LIMITS.getBufferSize(), 8192);
    try {
      ClassicHttpResponse response = head(buffer, in);
      return new HttpResponse(response, new HttpBody(body(response, buffer, in)));
    } catch (CarriedException e) {
      throw e.reason();
    } catch (IOException | HttpException | IllegalArgumentException e) {
      // the last for a version such as -1.1; the parsers' words hold what came, so not repeated
      throw new DeviceException(
          ErrorCode.GARBLED, "no HTTP response: " + e.getClass().getSimpleName(), e);
    }
  }

  /** The status code, from 200. */
  public int status() {
    return response.getCode();
  }

  /** A field of the head. */
  public Optional<String> field(String name) {
    return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
  }

  /**
   * The body, without its coding; a read throws {@link CarriedException}: {@code GARBLED} if its
   * coding is none, {@code DISCONNECTED} if it ends before its time.
   */
  public InputStream body() {
    return body;
  }

  /**
   * The whole body.
   *
   * @param most how many bytes are taken
   * @throws DeviceException {@code GARBLED} if there are more, and as {@link #body}
   */
  public byte[] bytes(int most) throws DeviceException {
    byte[] bytes;
    try {
      bytes = body.readNBytes(most + 1);
    } catch (CarriedException e) {
      throw e.reason();
    } catch (IOException e) {
      throw new IllegalStateException("a body throws what it carries alone", e);
    }
    if (bytes.length > most) {
      throw garbled("an answer of more than " + most + " bytes");
    }
    return bytes;
  }

  private static ClassicHttpResponse head(SessionInputBuffer buffer, InputStream in)
      throws IOException, HttpException, CarriedException {
    for (int interim = 0; interim < MOST_INTERIM; interim++) {
      ClassicHttpResponse response = new DefaultHttpResponseParser(LIMITS).parse(buffer, in);
      if (response == null) {
        throw new CarriedException(garbled("no HTTP response"));
      }
      if (response.getCode() >= HttpStatus.SC_OK) {
        return response;
      }
    }
    throw new CarriedException(garbled("interim responses without end"));
  }

  private static InputStream body(
      ClassicHttpResponse response, SessionInputBuffer buffer, InputStream in)
      throws HttpException {
    long length = DefaultContentLengthStrategy.INSTANCE.determineLength(response);
    if (length == ContentLengthStrategy.CHUNKED) {
      return new ChunkedInputStream(buffer, in, LIMITS);
    }
    if (response.getCode() == HttpStatus.SC_NO_CONTENT
        || response.getCode() == HttpStatus.SC_NOT_MODIFIED) {
      return InputStream.nullInputStream(); // RFC 9112, 6.3
    }
    return length < 0
        ? new IdentityInputStream(buffer, in)
        : new ContentLengthInputStream(buffer, in, length);
  }

  private static DeviceException garbled(String what) {
    return new DeviceException(ErrorCode.GARBLED, what);
  }
}
