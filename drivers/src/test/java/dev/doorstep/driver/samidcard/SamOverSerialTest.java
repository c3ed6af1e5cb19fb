package dev.doorstep.driver.samidcard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.Footprint;
import dev.doorstep.driver.LocalDevice;
import dev.doorstep.driver.PseudoTerminals;
import dev.doorstep.driver.TestCall;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.ReadIdCard;
import dev.doorstep.simulator.device.Fault;
import dev.doorstep.simulator.device.FaultyDevice;
import dev.doorstep.simulator.device.PtyWire;
import dev.doorstep.simulator.device.ResidentCard;
import dev.doorstep.simulator.device.SamReader;
import dev.doorstep.simulator.testing.RealComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demands of the contract once more where they differ: on a real pseudo-terminal. */
@RealComponent("socat")
@PseudoTerminals
class SamOverSerialTest {
  private static final ReadIdCard READ = new ReadIdCard(Duration.ZERO);
  private final SamReader reader = new SamReader();
  private final FaultyDevice faulty = new FaultyDevice(reader);
  private PtyWire pty;

  @BeforeEach
  void plugIn(@TempDir Path folder) {
    pty = PtyWire.serve(faulty, folder.resolve("reader"));
    reader.place(ResidentCard.specimen());
  }

  @AfterEach
  void close() {
    pty.close();
  }

  @Test
  void readsACardInPiecesOfAnySize() throws DeviceException {
    try (LocalDevice device = open()) {
      for (int size : new int[] {1, 2, 3, 5, 7, 16, 64, 1000, 2000}) {
        reader.place(ResidentCard.generated(size));
        faulty.fault(Fault.noise(0xAA, 0x00, 0xAA, 0xAA, 0x96, 0x69), Fault.chunks(size));
        assertThat(device.run(READ).number()).contains(ResidentCard.generated(size).number());
      }
    }
  }

  @Test
  void aCutIsATimeoutAndTheLineIsGoodAgainOnceItIsOpenedAnew() throws DeviceException {
    for (int offset = 0; offset < 15; offset++) {
      int cut = offset;
      try (LocalDevice device = open()) {
        reader.place(ResidentCard.specimen());
        faulty.fault(Fault.cut(cut));
        demand(ErrorCode.TIMEOUT, device, Duration.ofMillis(100));
        faulty.clear();
      }
    }
    reader.place(ResidentCard.specimen());
    try (LocalDevice device = open()) {
      assertThat(device.run(READ).name()).contains("证件样本");
    }
  }

  @Test
  void anUnpluggedReaderIsADisconnectionAndComesBack() throws DeviceException {
    try (LocalDevice device = open()) {
      pty.stop();
      demand(ErrorCode.DISCONNECTED, device, Duration.ofSeconds(5));
      assertThatThrownBy(() -> device.device().probe(Deadline.after(Duration.ofSeconds(5))))
          .isInstanceOf(DeviceException.class);
    }
    assertThatThrownBy(() -> open().close())
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_CONNECTED));
    pty.start();
    reader.place(ResidentCard.specimen());
    try (LocalDevice device = open()) {
      assertThat(device.run(READ).numberValid()).contains(true);
    }
  }

  /** Each time at another byte of another operation. */
  @Test
  @Timeout(300)
  void aHundredTimesUnpluggedInTheMiddleItComesBackWithoutALeak() throws DeviceException {
    ReadIdCard everything = new ReadIdCard(Duration.ZERO, true, true);
    Optional<Footprint> before = Optional.empty();
    for (int i = 0; i < 100; i++) {
      reader.place(ResidentCard.generated(i));
      try (LocalDevice device = openAgain(i % 4 == 3)) {
        faulty.fault(Fault.cutAndClose(i % 11));
        switch (i % 4) {
          case 0 -> demand(ErrorCode.DISCONNECTED, device, Duration.ofSeconds(10));
          case 1 ->
              demand(
                  ErrorCode.DISCONNECTED,
                  () -> device.run(everything, new TestCall(Duration.ofSeconds(10))));
          case 2 ->
              demand(
                  ErrorCode.DISCONNECTED,
                  () -> device.device().probe(Deadline.after(Duration.ofSeconds(10))));
          default ->
              demand(
                  ErrorCode.DISCONNECTED,
                  () -> device.device().idle(Deadline.after(Duration.ofSeconds(10))));
        }
      }
      faulty.clear();
      pty.stop();
      pty.start();
      if (i == 10) {
        before = Optional.of(Footprint.now());
      }
    }
    Footprint.awaitNoMoreThan(before.orElseThrow());
  }

  /**
   * As a lane does, more than once: socat's line may read as hung up for a moment after it was
   * laid.
   *
   * @param withCard whether a card is read at once, for passes to ask for
   */
  private LocalDevice openAgain(boolean withCard) throws DeviceException {
    for (int left = 5; ; left--) {
      LocalDevice device = null;
      try {
        device = open();
        if (withCard) {
          reader.place(ResidentCard.specimen());
          device.run(READ);
        }
        return device;
      } catch (DeviceException e) {
        if (device != null) {
          device.close();
        }
        if (left == 0) {
          throw e;
        }
      }
    }
  }

  private static void demand(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(DeviceException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static void demand(ErrorCode code, LocalDevice device, Duration time) {
    assertThatThrownBy(() -> device.run(READ, new TestCall(time)))
        .isInstanceOfSatisfying(DeviceException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private LocalDevice open() throws DeviceException {
    return LocalDevice.open(new SamIdCardDriver(), "serial:" + pty.path());
  }
}
