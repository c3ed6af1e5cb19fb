package dev.doorstep.driver.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a configuration says of a connection is usable as it stands, or refused in our words.
 */
class ConnectionFuzzTest {
  @MethodSource("connections")
  @FuzzTest
  void connection(byte[] utf8) {
    String text = new String(utf8, StandardCharsets.UTF_8);
    Connection connection;
    try {
      connection = Connection.parse(text);
    } catch (IllegalArgumentException e) {
      assertThat(e.getClass()).isEqualTo(IllegalArgumentException.class);
      assertThat(e.getMessage()).isNotBlank();
      return;
    }
    assertThat(Connection.parse(connection.toString())).isEqualTo(connection);
    switch (connection.scheme()) {
      case "tcp" -> {
        assertThat(connection.host()).isNotEmpty();
        assertThat(connection.port()).isBetween(1, 65_535);
      }
      case "serial" -> assertThat(connection.baud(9600)).isPositive();
      case "mjpeg" -> assertThat(URI.create(connection.address()).getHost()).isNotEmpty();
      default -> {}
    }
  }

  static Stream<byte[]> connections() {
    return Stream.of(
            "serial:/dev/ttyUSB0?baud=115200",
            "tcp:[fe80::1%eth0]:9100",
            "tcp:192.0.2.10:9100",
            "mjpeg:http://192.0.2.10:8080/stream",
            "screen:pad",
            "v4l2:/dev/video0",
            "usb:04b8:0202")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }
}
