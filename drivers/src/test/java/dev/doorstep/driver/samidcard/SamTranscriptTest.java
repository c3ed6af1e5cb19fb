package dev.doorstep.driver.samidcard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceHealth;
import dev.doorstep.driver.LocalDevice;
import dev.doorstep.protocol.DeviceStatus.Layer;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.ReadIdCard;
import dev.doorstep.simulator.device.TcpWire;
import dev.doorstep.simulator.device.Transcript;
import dev.doorstep.simulator.device.TranscriptDevice;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamTranscriptTest {
  private static final ReadIdCard READ = new ReadIdCard(Duration.ZERO);

  private static final String OPENING =
      """
      > aa aa aa 96 69 00 03 11 ff ed   # SAM status
      < aa aa aa 96 69 00 04 00 00 90 94
      > aa aa aa 96 69 00 03 12 ff ee   # SAM id, which this reader does not know
      < aa aa aa 96 69 00 04 00 00 24 20
      """;

  private static final String FOUND =
      """
      > aa aa aa 96 69 00 03 20 01 22   # find card
      < aa aa aa 96 69 00 08 00 00 9f 00 00 00 00 97
      """;

  @Test
  void theSampleOfTheSimulator() throws DeviceException {
    TranscriptDevice reader = new TranscriptDevice(Transcript.sample("sam"));
    try (TcpWire wire = TcpWire.serve(reader, 0);
        LocalDevice device = open(wire)) {
      demand(ErrorCode.NO_CARD, "find card: SW3 80", device);
      assertThat(reader.mismatch()).isEmpty();
      assertThat(reader.finished()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "41, 45, CARD_READ_FAILED",
    "33, 37, CARD_READ_FAILED",
    "40, 44, CARD_READ_FAILED",
    "10, 14, GARBLED",
    "66, 62, DEVICE_FAULT",
  })
  void aFailedReadAfterAFailedSelect(String sw3, String checksum, ErrorCode code)
      throws DeviceException {
    TranscriptDevice reader =
        new TranscriptDevice(
            Transcript.parse(
                "read",
                OPENING
                    + FOUND
                    + """
                    > aa aa aa 96 69 00 03 20 02 21   # select card
                    < aa aa aa 96 69 00 04 00 00 81 85
                    > aa aa aa 96 69 00 03 30 01 32   # read card
                    < aa aa aa 96 69 00 04 00 00 %s %s
                    > aa aa aa 96 69 00 03 20 01 22   # find card: the spoilt one lies there still
                    < aa aa aa 96 69 00 04 00 00 80 84
                    """
                        .formatted(sw3, checksum)));
    try (TcpWire wire = TcpWire.serve(reader, 0);
        LocalDevice device = open(wire)) {
      demand(code, "read card: SW3 " + sw3, device);
      demand(ErrorCode.NO_CARD, "lift it and place it again", device);
      assertThat(reader.mismatch()).isEmpty();
      assertThat(reader.finished()).isTrue();
    }
  }

  @Test
  void aCardWithLengthsThatDoNotFitIsGarbled() throws DeviceException {
    TranscriptDevice reader =
        new TranscriptDevice(
            Transcript.parse(
                "lengths",
                OPENING
                    + FOUND
                    + """
                    > aa aa aa 96 69 00 03 20 02 21
                    < aa aa aa 96 69 00 0c 00 00 90 00 00 00 00 00 00 00 00 9c
                    > aa aa aa 96 69 00 03 30 01 32
                    < aa aa aa 96 69 00 08 00 00 90 01 00 ff ff 99
                    """));
    try (TcpWire wire = TcpWire.serve(reader, 0);
        LocalDevice device = open(wire)) {
      demand(ErrorCode.GARBLED, "text of 256, photo of 65535, 4 bytes", device);
    }
  }

  @Test
  void aReaderWhoseSamIsBrokenSaysSo() throws DeviceException {
    TranscriptDevice reader =
        new TranscriptDevice(
            Transcript.parse(
                "broken",
                """
                > aa aa aa 96 69 00 03 11 ff ed
                < aa aa aa 96 69 00 04 00 00 60 64
                > aa aa aa 96 69 00 03 11 ff ed
                < aa aa aa 96 69 00 04 00 00 60 64
                """));
    try (TcpWire wire = TcpWire.serve(reader, 0);
        LocalDevice device = open(wire)) {
      DeviceHealth health = device.device().probe(Deadline.after(Duration.ofSeconds(2)));
      assertThat(health.cause().orElseThrow().code().is(ErrorCode.DEVICE_FAULT)).isTrue();
      assertThat(health.cause().orElseThrow().layer().is(Layer.DEVICE)).isTrue();
    }
  }

  private static void demand(ErrorCode code, String detail, LocalDevice device) {
    assertThatThrownBy(() -> device.run(READ))
        .isInstanceOfSatisfying(DeviceException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(detail);
  }

  private static LocalDevice open(TcpWire wire) throws DeviceException {
    return LocalDevice.open(new SamIdCardDriver(), "tcp:127.0.0.1:" + wire.port());
  }
}
