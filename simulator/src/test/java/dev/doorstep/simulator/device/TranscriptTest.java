package dev.doorstep.simulator.device;

import static dev.doorstep.simulator.device.Samples.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TranscriptTest {

  private final RecordingWire wire = new RecordingWire();

  @Test
  void theExampleOfTheDesignParses(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("a.transcript");
    Files.writeString(
        file,
        """
        # ESC/POS manual, DLE EOT 4
        > 10 04 04
        < 72            # paper end
        ! stall 5s      # or: close, drop 1, noise 00 ff

        ! stall 20ms
        !close
        ! drop 1
        ! noise 00 Ff
        """);

    Transcript transcript = Transcript.load(file);

    assertThat(transcript.steps())
        .extracting(TranscriptStep::kind)
        .containsExactly(
            TranscriptStep.Kind.REQUEST,
            TranscriptStep.Kind.ANSWER,
            TranscriptStep.Kind.STALL,
            TranscriptStep.Kind.STALL,
            TranscriptStep.Kind.CLOSE,
            TranscriptStep.Kind.DROP,
            TranscriptStep.Kind.NOISE);
    assertThat(transcript.steps())
        .extracting(TranscriptStep::line)
        .containsExactly(2, 3, 4, 6, 7, 8, 9);
    assertThat(transcript.steps().get(0).bytes()).isEqualTo(hex("100404"));
    assertThat(transcript.steps().get(2).time()).isEqualTo(Duration.ofSeconds(5));
    assertThat(transcript.steps().get(5).count()).isOne();
    assertThat(transcript.steps().get(6).bytes()).isEqualTo(hex("00ff"));
  }

  @ParameterizedTest
  @CsvSource({
    "10 04, 'a line begins with #, >, < or !'",
    ">, no bytes",
    "> 1, not a byte of two hex digits: 1",
    "< 100, not a byte of two hex digits: 100",
    "< zz, not a byte of two hex digits: zz",
    "! stall, stall needs a time such as 5s or 300ms",
    "! stall 5, stall needs a time such as 5s or 300ms",
    "! stall 601s, a stall is at most ten minutes",
    "! close now, close stands alone",
    "! drop, drop needs a number of bytes",
    "! drop 0, drop needs a number of bytes",
    "! noise, no bytes",
    "! burn, 'not one of stall, close, drop, noise'",
  })
  void errorsNameTheLine(String line, String message) {
    assertThatThrownBy(() -> Transcript.parse("x.transcript", "# first\n\n" + line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("x.transcript, line 3: " + message + " in: " + line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sam", "esc-pos"})
  void theSamplesAreWhatTheSimulatedDevicesDo(String name) {
    Transcript sample = Transcript.sample(name);
    EscPosPrinter printer = new EscPosPrinter();
    WireDevice device = name.equals("sam") ? new SamReader() : printer;

    for (TranscriptStep step : sample.steps()) {
      if (step.kind() == TranscriptStep.Kind.REQUEST) {
        if (Arrays.equals(step.bytes(), hex("100404"))) {
          printer.paper(Paper.END);
        }
        device.received(step.bytes(), wire);
      } else if (step.kind() == TranscriptStep.Kind.ANSWER) {
        assertThat(wire.hex()).as("%s", step).isEqualTo(Bytes.hex(step.bytes()));
      }
    }
    assertThatThrownBy(() -> Transcript.sample("toaster")).hasMessageContaining("esc-pos");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 100})
  void aTranscriptIsPlayedHoweverTheRequestsAreCut(int size) {
    TranscriptDevice device =
        new TranscriptDevice(
            Transcript.parse(
                "t",
                """
                < 01
                > 10 04 04
                ! noise aa
                < 72
                > 20
                ! drop 2
                < 01 02 03
                < 04 05
                ! stall 1ms
                ! close
                """));
    device.connected(wire);
    assertThat(wire.hex()).isEqualTo("01");

    Samples.inPieces(hex("10040420"), size, wire, device::received);

    assertThat(wire.hex()).isEqualTo("aa 72 03 04 05");
    assertThat(wire.open()).isFalse();
    assertThat(device.finished()).isTrue();
    assertThat(device.mismatch()).isEmpty();
  }

  @Test
  void anotherRequestIsToldAndGetsNoAnswer() {
    TranscriptDevice device = new TranscriptDevice(Transcript.parse("t", "> 10 04 04\n< 72"));

    device.received(hex("1005"), wire);
    device.received(hex("100404"), wire);

    assertThat(device.mismatch()).contains("t, line 1 wants 10 04 04, came 10 05");
    assertThat(wire.hex()).isEmpty();
    assertThat(device.finished()).isFalse();
  }

  @Test
  void bytesAfterTheEndAreTold() {
    TranscriptDevice device = new TranscriptDevice(Transcript.parse("t", "> 01"));

    device.received(hex("0102"), wire);

    assertThat(device.mismatch()).contains("t, after the end, came 02");
  }

  @Test
  void aLineThatIsOpenedAgainGoesOn() {
    TranscriptDevice device =
        new TranscriptDevice(Transcript.parse("t", "> 01\n! close\n> 02\n< 03"));
    device.received(hex("01"), wire);
    assertThat(wire.open()).isFalse();
    device.disconnected(wire);

    RecordingWire again = new RecordingWire();
    device.connected(again);
    device.received(hex("02"), again);

    assertThat(again.hex()).isEqualTo("03");
  }
}
