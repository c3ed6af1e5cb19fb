package dev.doorstep.driver.escpos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceHealth;
import dev.doorstep.driver.LocalDevice;
import dev.doorstep.protocol.DeviceStatus.Cause;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.simulator.device.TcpWire;
import dev.doorstep.simulator.device.Transcript;
import dev.doorstep.simulator.device.TranscriptDevice;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same bits mean different things on different models. */
class KioskTranscriptTest {
  @ParameterizedTest
  @CsvSource({
    "epson-tm,        12, 12, 12, 12, ",
    "epson-tm,        12, 12, 12, 32, OUT_OF_PAPER",
    "epson-tm,        12, 12, 12, 52, OUT_OF_PAPER",
    "epson-tm,        1a, 52, 52, 12, ", // recovers by itself
    "epson-tm,        1a, 1a, 12, 12, ", // feed key
    "epson-tm,        1a, 52, 32, 12, DEVICE_FAULT",
    "kiosk-presenter, 12, 12, 12, 12, ",
    "kiosk-presenter, 12, 12, 12, 32, OUT_OF_PAPER",
    "kiosk-presenter, 12, 12, 12, 52, ", // in the presenter
    "kiosk-presenter, 1a, 12, 12, 12, DEVICE_FAULT",
  })
  void whatTheStatusSays(
      String model,
      String first,
      String second,
      String third,
      String fourth,
      @Nullable ErrorCode expected)
      throws DeviceException {
    String asked =
        """
        > 10 04 01
        ! noise 00 80 ff                 # no answer has these bits
        < %s
        > 10 04 02
        < %s
        > 10 04 03
        < %s
        > 10 04 04
        < %s
        """
            .formatted(first, second, third, fourth);
    TranscriptDevice printer = new TranscriptDevice(Transcript.parse(model, asked + asked));
    try (TcpWire wire = TcpWire.serve(printer, 0);
        LocalDevice device =
            LocalDevice.open(
                new EscPosDriver(), "tcp:127.0.0.1:" + wire.port(), Map.of("model", model))) {
      DeviceHealth health = device.device().probe(Deadline.after(Duration.ofSeconds(2)));
      assertThat(health.cause().map(Cause::code).map(Object::toString))
          .isEqualTo(Optional.ofNullable(expected).map(ErrorCode::name));
      assertThat(printer.mismatch()).isEmpty();
    }
  }
}
