package dev.doorstep.simulator.device;

import static dev.doorstep.simulator.device.Samples.FIND;
import static dev.doorstep.simulator.device.Samples.NO_CARD;
import static dev.doorstep.simulator.device.Samples.hex;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class FaultyDeviceTest {

  private final FaultyDevice device = new FaultyDevice(new SamReader());
  private final RecordingWire wire = new RecordingWire();

  private String find(Fault... faults) {
    device.fault(faults);
    device.received(hex(FIND), wire);
    return wire.hex();
  }

  @Test
  void withoutAFaultNothingIsChanged() {
    assertThat(find()).isEqualTo(NO_CARD);
  }

  @Test
  void noiseComesBeforeTheAnswer() {
    assertThat(find(Fault.noise(0x00, 0xFF))).isEqualTo("00 ff " + NO_CARD);
  }

  @Test
  void anAnswerIsCutAtEachByte() {
    for (int at = 0; at < hex(NO_CARD).length; at++) {
      assertThat(hex(find(Fault.cut(at)))).hasSize(at);
      assertThat(wire.open()).isTrue();
    }
    assertThat(find(Fault.cut(99))).isEqualTo(NO_CARD);
  }

  @Test
  void anAnswerIsCutAndTheLineClosed() {
    assertThat(find(Fault.cutAndClose(3))).isEqualTo("aa aa aa");
    assertThat(wire.open()).isFalse();
  }

  @Test
  void theChecksumIsWrong() {
    assertThat(find(Fault.badChecksum())).isEqualTo("aa aa aa 96 69 00 04 00 00 80 85");
  }

  @Test
  void theLengthIsWrong() {
    assertThat(find(Fault.announcedLength(65535))).isEqualTo("aa aa aa 96 69 ff ff 00 00 80 84");
    assertThat(find(Fault.overwrite(100, 1))).isEqualTo(NO_CARD);
  }

  @Test
  void silenceKeepsTheRequestFromTheDevice() {
    assertThat(find(Fault.silence())).isEmpty();

    device.clear();
    device.received(hex(FIND), wire);
    assertThat(wire.hex()).isEqualTo(NO_CARD);
  }

  @Test
  void closesWhenAsked() {
    assertThat(find(Fault.closeOnRequest())).isEmpty();
    assertThat(wire.open()).isFalse();
  }

  @Test
  void answersInPieces() {
    find(Fault.chunks(4));
    device.received(hex(FIND), wire);
    assertThat(wire.pieces()).containsExactly("aa aa aa 96", "69 00 04 00", "00 80 84");
    assertThatThrownBy(() -> Fault.chunks(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void delaysAnAnswer() {
    long before = System.nanoTime();
    assertThat(find(Fault.delay(Duration.ofMillis(30)))).isEqualTo(NO_CARD);
    assertThat(System.nanoTime() - before).isGreaterThan(30_000_000L);
  }

  @Test
  void severalFaultsWorkOneAfterTheOther() {
    device.fault(Fault.badChecksum(), Fault.noise(0x11), Fault.chunks(6));
    device.received(hex(FIND), wire);
    assertThat(wire.pieces()).containsExactly("11 aa aa aa 96 69", "00 04 00 00 80 85");
  }

  @Test
  void endlessNoiseEndsWhenTheFaultIsCleared() throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      device.fault(Fault.endlessNoise());
      Future<?> asked = thread.submit(() -> device.received(hex(FIND), wire));
      await().until(() -> wire.pieces().size() > 3);

      device.clear();

      asked.get(2000, MILLISECONDS);
      wire.pieces();
      device.received(hex(FIND), wire);
      assertThat(wire.hex()).isEqualTo(NO_CARD);
    } finally {
      thread.shutdownNow();
    }
  }
}
