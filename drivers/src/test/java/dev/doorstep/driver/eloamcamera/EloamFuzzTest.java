package dev.doorstep.driver.eloamcamera;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.PlayedBytes;
import dev.doorstep.driver.transport.Patience;
import dev.doorstep.protocol.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a service sends is a message or one of a camera's errors. */
class EloamFuzzTest {
  private static final Set<ErrorCode> ERRORS =
      EnumSet.of(
          ErrorCode.GARBLED,
          ErrorCode.DISCONNECTED,
          ErrorCode.DEVICE_FAULT,
          ErrorCode.DOCUMENT_TOO_LARGE);

  @MethodSource("frames")
  @FuzzTest
  void frames(byte[] sent) {
    Patience patience = new Patience(Deadline.after(Duration.ofMinutes(1)), () -> false);
    WebSocketWire wire = WebSocketWire.upgraded(new PlayedBytes(sent));
    try {
      while (true) {
        assertThat(wire.receive(patience).size()).isLessThan(sent.length);
        assertThat(wire.isTorn()).isFalse();
      }
    } catch (DeviceException e) {
      assertThat(e.code()).isIn(ERRORS);
    }
  }

  @MethodSource("messages")
  @FuzzTest
  void message(byte[] sent) throws IOException {
    MessageBytes bytes = new MessageBytes();
    bytes.add(sent);
    try {
      ServiceMessage message = ServiceMessage.of(bytes);
      ByteArrayOutputStream picture = new ByteArrayOutputStream();
      message.picture(picture);
      assertThat(picture.size()).isLessThan(sent.length);
      assertThat(message.text()).hasSizeLessThan(4096);
    } catch (DeviceException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.GARBLED);
      assertThat(e.getMessage()).hasSizeLessThan(256);
    }
  }

  @MethodSource("heads")
  @FuzzTest
  void head(byte[] sent) throws IOException {
    try {
      Upgrade.demand(
          new DataInputStream(new ByteArrayInputStream(sent)), "dGhlIHNhbXBsZSBub25jZQ==");
    } catch (DeviceException e) {
      assertThat(e.code()).isIn(ErrorCode.GARBLED, ErrorCode.DEVICE_FAULT);
    } catch (EOFException e) {
      assertThat(sent.length).isLessThan(8193);
    }
  }

  static Stream<byte[]> frames() {
    return Stream.of(
            "81027b7d",
            "01017b89008001" + "7d",
            "8800",
            "817e00027b7d",
            "817f0000000000000002",
            "8a00c100")
        .map(hex -> HexFormat.of().parseHex(hex));
  }

  static Stream<byte[]> messages() {
    return texts(
        "{\"function\":\"ScanImage\",\"ret\":0,\"value\":\"/9j/\"}",
        "{\"value\":\"640x480|1x1\",\"ret\":-2,\"function\":\"GetResolution\"}",
        "{\"value\":[{}],\"function\":3}");
  }

  /** The example of RFC 6455, 1.3. */
  static Stream<byte[]> heads() {
    return texts(
        "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n",
        "HTTP/1.1 404 No\r\n\r\n");
  }

  private static Stream<byte[]> texts(String... texts) {
    return Stream.of(texts).map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
