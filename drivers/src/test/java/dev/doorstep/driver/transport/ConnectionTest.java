package dev.doorstep.driver.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "serial:/dev/ttyUSB0",
        "serial:/dev/ttyUSB0?baud=9600",
        "tcp:192.0.2.10:9100",
        "tcp:printer-1.example:1",
        "tcp:[2001:db8::1]:65535",
        "tcp:[fe80::1%eth0]:9100",
        "mjpeg:http://192.0.2.20/stream",
        "mjpeg:http://[2001:db8::1]:8080/stream?channel=1",
        "screen:pad_1-left"
      })
  void staysAsItWasWritten(String text) {
    assertThat(Connection.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource({
    "mjpeg:http://h:99999/, the port must be",
    "mjpeg:http://h:0/, the port must be",
    "mjpeg:http://user:geheim@h/, no user and password",
    "mjpeg:https://h/, needs an address",
    "'tcp: :1', needs host and port",
    "tcp:a:b:c:1, needs host and port",
    "tcp:[::1:1, needs host and port",
    "tcp:user@h:1, needs host and port",
    "tcp:h:65536, the port must be",
    "serial:/dev/x?baud=9600&baud=115200, baud once",
    "serial:/dev/x?baud=0, baud must be",
    "serial:/dev/x?parity=even, 'baud, not parity'",
    "'screen:pad x', the name of the screen must be",
    "screen:, is missing",
  })
  void aSlipIsToldAndNoPasswordRepeated(String text, String told) {
    assertThatThrownBy(() -> Connection.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(told)
        .hasMessageNotContaining("geheim");
  }
}
