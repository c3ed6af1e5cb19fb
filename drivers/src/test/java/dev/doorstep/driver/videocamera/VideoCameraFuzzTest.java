package dev.doorstep.driver.videocamera;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.PlayedBytes;
import dev.doorstep.driver.camera.JpegSize;
import dev.doorstep.driver.http.HttpAddress;
import dev.doorstep.driver.transport.Patience;
import dev.doorstep.protocol.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a camera sends is a stream of parts or one of a camera's errors. */
class VideoCameraFuzzTest {
  private static final HttpAddress ADDRESS =
      HttpAddress.of(URI.create("http://127.0.0.1:8080/stream?a=b"), 80);
  private static final int LARGEST = 2000;
  private static final Set<ErrorCode> ERRORS =
      EnumSet.of(
          ErrorCode.GARBLED,
          ErrorCode.DISCONNECTED,
          ErrorCode.DEVICE_FAULT,
          ErrorCode.DOCUMENT_TOO_LARGE);

  @MethodSource("responses")
  @FuzzTest
  void response(byte[] sent) {
    Deadline deadline = Deadline.after(Duration.ofMinutes(1));
    try {
      MjpegStream stream =
          MjpegStream.request(new PlayedBytes(sent), ADDRESS, new Patience(deadline, () -> false));
      while (true) {
        assertThat(stream.next()).hasSizeLessThanOrEqualTo(sent.length);
      }
    } catch (DeviceException e) {
      assertThat(e.code()).isIn(ERRORS);
      assertThat(e.getMessage()).hasSizeLessThan(256);
    }
  }

  @MethodSource("parts")
  @FuzzTest
  void part(byte[] sent) throws IOException {
    MjpegParts parts = new MjpegParts(new ByteArrayInputStream(sent), "--b", LARGEST);
    try {
      while (true) {
        assertThat(parts.next()).hasSizeLessThanOrEqualTo(LARGEST);
      }
    } catch (DeviceException e) {
      assertThat(e.code()).isIn(ERRORS);
    }
  }

  @MethodSource("jpegs")
  @FuzzTest
  void size(byte[] jpeg) {
    JpegSize.of(jpeg)
        .ifPresent(
            size -> {
              assertThat(size.width()).isBetween(1, 65_535);
              assertThat(size.height()).isBetween(1, 65_535);
            });
  }

  static Stream<byte[]> responses() {
    String head = "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=b\r\n";
    String part = "--b\r\nContent-Type: image/jpeg\r\nContent-Length: 3\r\n\r\nabc\r\n--b--\r\n";
    return texts(
        head + "\r\n" + part,
        head + "Transfer-Encoding: chunked\r\n\r\n10\r\n" + part.substring(0, 16) + "\r\n0\r\n\r\n",
        head + "Content-Length: 5\r\n\r\n" + part,
        "HTTP/-1.1 200 OK\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 404 No\r\n\r\n");
  }

  static Stream<byte[]> parts() {
    return texts(
        "--b\r\nContent-Length: 3\r\n\r\nabc\r\n--b\r\n\r\nde\r\n--b--\r\n",
        "x--b \n\n\n--b\nA: b\n\nlonger\n--b");
  }

  static Stream<byte[]> jpegs() {
    return Stream.of(Jpegs.smallest(640, 480), Jpegs.of(3, 2));
  }

  private static Stream<byte[]> texts(String... texts) {
    return Stream.of(texts).map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
