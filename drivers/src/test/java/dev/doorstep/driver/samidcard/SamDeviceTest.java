package dev.doorstep.driver.samidcard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.LocalDevice;
import dev.doorstep.driver.TestCall;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.IdCard;
import dev.doorstep.protocol.operation.ReadIdCard;
import dev.doorstep.simulator.device.Fault;
import dev.doorstep.simulator.device.FaultyDevice;
import dev.doorstep.simulator.device.ResidentCard;
import dev.doorstep.simulator.device.SamReader;
import dev.doorstep.simulator.device.TcpWire;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamDeviceTest {
  private static final Duration AT_ONCE = Duration.ZERO;
  private final SamReader reader = new SamReader();
  private final FaultyDevice faulty = new FaultyDevice(reader);
  private final TcpWire wire = TcpWire.serve(faulty, 0);

  @AfterEach
  void close() {
    wire.close();
  }

  @Test
  void readsACardWithItsPhoto() throws DeviceException {
    ResidentCard person = ResidentCard.generated(7);
    reader.place(person);
    try (LocalDevice device = open()) {
      IdCard card = device.run(new ReadIdCard(AT_ONCE));
      assertThat(card.number()).contains(person.number());
      Content.Data photo = (Content.Data) card.photo().orElseThrow();
      assertThat(photo.contentType()).isEqualTo("application/x-wlt");
      assertThat(photo.bytes()).isEqualTo(person.photo());
    }
  }

  @Test
  void tellsTheSamsNumber() throws DeviceException {
    try (LocalDevice device = open()) {
      assertThat(device.device().probe(Deadline.after(Duration.ofSeconds(2))).serial())
          .contains("05.03-20990101-0000000001-0000000042");
    }
  }

  @Test
  void waitsForACardAndSaysSo() throws DeviceException {
    try (LocalDevice device = open()) {
      TestCall call = new TestCall(Duration.ofSeconds(20));
      CompletableFuture<IdCard> reading = reading(device, call, Duration.ofSeconds(15));
      await().until(() -> call.notes().contains("waiting for a card"));
      reader.place(ResidentCard.specimen());
      assertThat(reading.join().name()).contains("证件样本");
    }
  }

  @Test
  void noCardInTimeIsNoCard() throws DeviceException {
    try (LocalDevice device = open()) {
      demand(
          ErrorCode.NO_CARD,
          "find card: SW3 80",
          () -> device.run(new ReadIdCard(Duration.ofMillis(400))));
    }
  }

  @Test
  void noCardIsLookedForThatCouldNotBeReadBeforeTheCallEnds() throws DeviceException {
    try (LocalDevice device = open()) {
      TestCall call = new TestCall(Duration.ofSeconds(8));
      demand(
          ErrorCode.NO_CARD,
          "find card: SW3 80",
          () -> device.run(new ReadIdCard(Duration.ofSeconds(20)), call));
      assertThat(call.deadline().remaining()).isGreaterThan(Duration.ofMillis(800));
    }
  }

  @Test
  void cancellingEndsTheWait() throws DeviceException {
    try (LocalDevice device = open()) {
      TestCall call = new TestCall(Duration.ofSeconds(20));
      CompletableFuture<IdCard> reading = reading(device, call, Duration.ofSeconds(20));
      await().until(() -> !call.notes().isEmpty());
      call.cancel();
      await().atMost(Duration.ofSeconds(2)).until(reading::isDone);
      assertThatThrownBy(reading::join)
          .cause()
          .isInstanceOfSatisfying(
              DeviceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STOPPING));
    }
  }

  @Test
  void closingTheWiresEndsTheWait() throws DeviceException {
    try (LocalDevice device = open()) {
      TestCall call = new TestCall(Duration.ofSeconds(20));
      CompletableFuture<IdCard> reading = reading(device, call, Duration.ofSeconds(20));
      await().until(() -> !call.notes().isEmpty());
      device.closeWires();
      await().atMost(Duration.ofSeconds(2)).until(reading::isDone);
      assertThatThrownBy(reading::join).hasMessageContaining("was closed");
    }
  }

  @Test
  void theSameCardIsGivenAgainWhileItLiesThere() throws DeviceException {
    reader.place(ResidentCard.specimen());
    try (LocalDevice device = open()) {
      IdCard first = device.run(new ReadIdCard(AT_ONCE));
      assertThat(device.run(new ReadIdCard(AT_ONCE))).isSameAs(first);
      assertThat(reader.reads()).isEqualTo(1);
    }
  }

  @Test
  void aCardThatWasLiftedIsForgotten() throws DeviceException {
    reader.place(ResidentCard.specimen());
    try (LocalDevice device = open()) {
      IdCard first = device.run(new ReadIdCard(AT_ONCE));
      device.device().idle(Deadline.after(Duration.ofSeconds(2)));
      assertThat(device.run(new ReadIdCard(AT_ONCE))).isSameAs(first);
      reader.lift();
      device.device().idle(Deadline.after(Duration.ofSeconds(2)));
      demand(ErrorCode.NO_CARD, "SW3 80", () -> device.run(new ReadIdCard(AT_ONCE)));
      reader.place(ResidentCard.generated(1));
      assertThat(device.run(new ReadIdCard(AT_ONCE)).number()).isNotEqualTo(first.number());
    }
  }

  @Test
  void aCardThatWasReadBeforeTheDeviceWasOpenedHasToBePlacedAgain() throws DeviceException {
    reader.place(ResidentCard.specimen());
    try (LocalDevice device = open()) {
      device.run(new ReadIdCard(AT_ONCE));
    }
    try (LocalDevice device = open()) {
      demand(ErrorCode.NO_CARD, "SW3 80", () -> device.run(new ReadIdCard(AT_ONCE)));
      reader.place(ResidentCard.specimen());
      assertThat(device.run(new ReadIdCard(AT_ONCE)).numberValid()).contains(true);
    }
  }

  @Test
  void aWrongChecksumIsGarbled() throws DeviceException {
    reader.place(ResidentCard.specimen());
    demandAfterOpening(Fault.badChecksum(), "checksum");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 65_535})
  void aLengthThatNoAnswerHasIsGarbled(int length) throws DeviceException {
    demandAfterOpening(Fault.announcedLength(length), "a length of " + length);
  }

  @Test
  void noiseWithoutEndIsGarbled() throws DeviceException {
    demandAfterOpening(Fault.endlessNoise(), "");
  }

  @Test
  void noiseBeforeAnAnswerDoesNoHarmAtAnyChunkSize() throws DeviceException {
    try (LocalDevice device = open()) {
      for (int size = 1; size <= 32; size++) {
        reader.place(ResidentCard.generated(size));
        faulty.fault(Fault.noise(0xAA, 0x00, 0xAA, 0xAA, 0x96, 0x69, 0xAA), Fault.chunks(size));
        assertThat(device.run(new ReadIdCard(AT_ONCE)).number())
            .contains(ResidentCard.generated(size).number());
      }
    }
  }

  private void demandAfterOpening(Fault fault, String detail) throws DeviceException {
    reader.place(ResidentCard.specimen());
    try (LocalDevice device = open()) {
      faulty.fault(fault);
      demand(ErrorCode.GARBLED, detail, () -> device.run(new ReadIdCard(AT_ONCE)));
      faulty.clear();
    }
    reader.place(ResidentCard.specimen());
    try (LocalDevice device = open()) {
      assertThat(device.run(new ReadIdCard(AT_ONCE)).name()).contains("证件样本");
    }
  }

  private static void demand(ErrorCode code, String detail, ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .isInstanceOfSatisfying(DeviceException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(detail);
  }

  private static CompletableFuture<IdCard> reading(
      LocalDevice device, TestCall call, Duration patience) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return device.run(new ReadIdCard(patience), call);
          } catch (DeviceException e) {
            throw new CompletionException(e);
          }
        });
  }

  private LocalDevice open() throws DeviceException {
    return LocalDevice.open(new SamIdCardDriver(), "tcp:127.0.0.1:" + wire.port());
  }
}
