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
        "serial:usb:0403:6001",
        "serial:usb:0403:6001?serial=A1&path=1-2.3&baud=9600",
        "serial:usb:0403:6011?port=3",
        "serial:/dev/serial/by-id/usb-FTDI_A1-if00-port0?baud=9600",
        "usb:0400:c35a",
        "usb:0316:5020?serial=A 1/2:3",
        "usb:0316:5020?path=1-2.3.4&serial=A1",
        "tcp:192.0.2.10:9100",
        "tcp:printer-1.example:1",
        "tcp:[2001:db8::1]:65535",
        "tcp:[fe80::1%eth0]:9100",
        "mjpeg:http://192.0.2.20/stream",
        "mjpeg:http://[2001:db8::1]:8080/stream?channel=1",
        "v4l2:/dev/v4l/by-id/usb-Camera_0001-video-index0",
        "v4l2:file:/var/pages.mjpeg",
        "v4l2:lavfi:testsrc2=size=1920x1080:rate=10",
        "ws://127.0.0.1:9000",
        "ws://[::1]:9000/camera?a=b",
        "sane:127.0.0.1:6566/test:0",
        "sane:[::1]:6566/escl:http://192.0.2.7:80/eSCL",
        "escl:http://192.0.2.20/eSCL",
        "screen:pad_1-left"
      })
  void staysAsItWasWritten(String text) {
    assertThat(Connection.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource({
    "serial:/dev/x, serial:/dev/x?baud=9600",
    "serial:/dev/x?baud=115200, serial:/dev/x?baud=115200",
    "serial:usb:0403:6001?serial=A1, serial:usb:0403:6001?serial=A1&baud=9600",
    "tcp:h:1, tcp:h:1"
  })
  void aSerialLineWithoutASpeedHasItsDevices(String text, String whole) {
    assertThat(Connection.parse(text).withBaud(9600)).hasToString(whole);
  }

  @ParameterizedTest
  @CsvSource({
    "mjpeg:http://h:99999/, the port must be",
    "mjpeg:http://h:0/, the port must be",
    "mjpeg:http://user:geheim@h/, no user and password",
    "mjpeg:https://h/, needs an address",
    "sane:127.0.0.1:6566, needs a device",
    "sane:127.0.0.1:6566/, needs a device",
    "sane:127.0.0.1/test:0, needs host and port",
    "escl:https://h/eSCL, needs an address",
    "escl:http://user:geheim@h/, no user and password",
    "'tcp: :1', needs host and port",
    "tcp:a:b:c:1, needs host and port",
    "tcp:[::1:1, needs host and port",
    "tcp:user@h:1, needs host and port",
    "tcp:h:65536, the port must be",
    "serial:/dev/x?baud=9600&baud=115200, baud once",
    "serial:/dev/x?baud=0, baud must be",
    "serial:/dev/x?parity=even, 'baud, not parity'",
    "serial:/dev/x?serial=A1, 'baud, not serial'",
    "serial:/dev/x?baud, baud must be",
    "serial:?baud=9600, needs a port",
    "serial:usb:0403, needs the numbers of vendor and product",
    "serial:usb:0403:6001?face=1, 'baud or path or port or serial, not face'",
    "usb:, is missing",
    "usb:0400, needs the numbers of vendor and product",
    "usb:0400:c35g, needs the numbers of vendor and product",
    "usb:0400:c35a?baud=1, 'path or serial, not baud'",
    "usb:0400:c35a?path=2, path must be bus and ports",
    "usb:0400:c35a?path=1-2.3.4.5.6.7.8.9, path must be bus and ports",
    "serial:usb:0403:6011?port=1.a, 'port must be a port of the device, such as 1 or 0.1'",
    "usb:0400:c35a?serial=, serial must be",
    "usb:0400:c35a?serial=A1&serial=A2, serial once",
    "'screen:pad x', the name of the screen must be",
    "screen:, is missing",
    "v4l2:video0, needs a device",
    "v4l2:file:video0, needs a device",
    "v4l2:lavfi:, needs a device",
    "ws:127.0.0.1:9000, needs an address",
    "ws://127.0.0.1, needs host and port",
    "ws://user:geheim@h:1, needs host and port",
    "'ws://h:1/a b', needs an address",
  })
  void aSlipIsToldAndNoPasswordRepeated(String text, String told) {
    assertThatThrownBy(() -> Connection.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(told)
        .hasMessageNotContaining("geheim");
  }
}
