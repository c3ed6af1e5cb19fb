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
import dev.doorstep.simulator.device.ExtendedCard;
import dev.doorstep.simulator.device.ForeignerCard2017;
import dev.doorstep.simulator.device.ForeignerCard2023;
import dev.doorstep.simulator.device.IdentityCard;
import dev.doorstep.simulator.device.ResidencePermit;
import dev.doorstep.simulator.device.ResidentCard;
import dev.doorstep.simulator.device.SamReader;
import dev.doorstep.simulator.device.TcpWire;
import dev.doorstep.simulator.device.TranscriptDevice;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read only when it is asked for, and readers that cannot. */
class SamExtrasTest {
  private static final ReadIdCard PLAIN = new ReadIdCard(Duration.ZERO);
  private static final ReadIdCard FINGERPRINTS = new ReadIdCard(Duration.ZERO, true, false);
  private static final ReadIdCard ADDRESS = new ReadIdCard(Duration.ZERO, false, true);
  private static final IdentityCard CARD = ResidentCard.generated(11);
  private final SamReader reader = new SamReader();
  private final TcpWire wire = TcpWire.serve(reader, 0);

  @AfterEach
  void close() {
    wire.close();
  }

  @Test
  void eachKindOfCardIsReadWithEverything() throws DeviceException {
    try (LocalDevice device = open()) {
      for (IdentityCard card :
          new IdentityCard[] {
            ResidentCard.specimen(),
            ResidencePermit.generated(1),
            ForeignerCard2017.generated(1),
            ForeignerCard2023.generated(1)
          }) {
        reader.place(card.withFingerprints(1024).withAddresses("虚构市新址1号"));
        IdCard read = device.run(new ReadIdCard(Duration.ZERO, true, true));
        assertThat(read.number()).contains(card.number());
        assertThat(bytes(read.photo().orElseThrow())).isEqualTo(card.photo());
        assertThat(bytes(read.fingerprints().orElseThrow())).hasSize(1024);
        assertThat(read.newestAddress()).contains("虚构市新址1号");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1024, 512, 0})
  void fingerprintsAreGivenIfTheCardHoldsAny(int length) throws DeviceException {
    ExtendedCard card = CARD.withFingerprints(length);
    reader.place(card);
    try (LocalDevice device = open()) {
      IdCard read = device.run(FINGERPRINTS);
      assertThat(read.number()).contains(card.number());
      assertThat(read.fingerprints().isPresent()).isEqualTo(length > 0);
      if (length > 0) {
        assertThat(bytes(read.fingerprints().orElseThrow())).isEqualTo(card.fingerprints());
      }
    }
  }

  @Test
  void fingerprintsAreGivenToNobodyWhoDidNotAsk() throws DeviceException {
    reader.place(CARD.withFingerprints(512));
    try (LocalDevice device = open()) {
      assertThat(device.run(FINGERPRINTS).fingerprints()).isPresent();
      assertThat(device.run(PLAIN).fingerprints()).isEmpty();
      assertThat(device.run(FINGERPRINTS).fingerprints()).isPresent();
      assertThat(reader.reads()).isEqualTo(1);
    }
  }

  @Test
  void aCardThatWasReadWithoutHasToBeLifted() throws DeviceException {
    IdentityCard card = CARD.withFingerprints(512);
    reader.place(card);
    try (LocalDevice device = open()) {
      device.run(PLAIN);
      demand(ErrorCode.NO_CARD, "without its fingerprints", () -> device.run(FINGERPRINTS));
      assertThat(device.run(PLAIN).number()).contains(card.number());

      TestCall call = new TestCall(Duration.ofSeconds(25));
      CompletableFuture<IdCard> reading =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return device.run(new ReadIdCard(Duration.ofSeconds(20), true, false), call);
                } catch (DeviceException e) {
                  throw new CompletionException(e);
                }
              });
      await().until(() -> !call.notes().isEmpty());
      assertThat(call.notes())
          .containsExactly("waiting for the card to be lifted and placed again");
      reader.lift();
      reader.place(card);
      assertThat(reading.join().fingerprints()).isPresent();
    }
  }

  @Test
  void aReaderThatKnowsNoFingerprintsSaysSoAndKeepsTheCard() throws DeviceException {
    reader.knowNoFingerprints();
    reader.place(CARD);
    try (LocalDevice device = open()) {
      demand(ErrorCode.UNSUPPORTED, "SW3 24", () -> device.run(FINGERPRINTS));
      assertThat(device.run(PLAIN).number()).contains(CARD.number());
      assertThat(reader.reads()).isEqualTo(1);
    }
  }

  @Test
  void theNewestOfTheAppendedAddresses() throws DeviceException {
    try (LocalDevice device = open()) {
      reader.place(CARD);
      assertThat(device.run(ADDRESS).newestAddress()).isEmpty();
      reader.place(CARD.withAddresses("一"));
      assertThat(device.run(ADDRESS).newestAddress()).contains("一");
      assertThat(device.run(ADDRESS).newestAddress()).contains("一");
      assertThat(device.run(PLAIN).newestAddress()).isEmpty();
      reader.place(CARD.withAddresses("一", "二", "三", "新".repeat(35)));
      assertThat(device.run(ADDRESS).newestAddress()).contains("新".repeat(35));
      reader.place(CARD.withAddresses("一", "二", " ", " "));
      assertThat(device.run(ADDRESS).newestAddress()).contains("二");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0x21, 0x23, 0x24})
  void aReaderThatKnowsNoAddressesSaysSo(int sw3) throws DeviceException {
    ResidentCard card = ResidentCard.specimen();
    play(
        SamScript.opened().card(card).asked(SamCommand.ADDRESS).answers(sw3),
        device ->
            demand(
                ErrorCode.UNSUPPORTED,
                "read appended address: SW3 %02X".formatted(sw3),
                () -> device.run(ADDRESS)));
  }

  @Test
  void anAddressThatCannotBeReadIsAFailedReading() throws DeviceException {
    play(
        SamScript.opened().card(ResidentCard.specimen()).asked(SamCommand.ADDRESS).answers(0x41),
        device ->
            demand(
                ErrorCode.CARD_READ_FAILED,
                "read appended address: SW3 41",
                () -> device.run(ADDRESS)));
  }

  @Test
  void anAddressThatEndsInHalfACharacterIsGarbled() throws DeviceException {
    play(
        SamScript.opened()
            .card(ResidentCard.specimen())
            .asked(SamCommand.ADDRESS)
            .answers(SamFrame.OK, new byte[71]),
        device -> demand(ErrorCode.GARBLED, "71 bytes", () -> device.run(ADDRESS)));
  }

  @Test
  void anotherReaderThanThatOfTheConfigurationIsRefused() throws DeviceException {
    String own = "05.03-20990101-0000000001-0000000042";
    try (LocalDevice device = open(Map.of("serial-number", own))) {
      assertThat(device.device().probe(Deadline.after(Duration.ofSeconds(5))).serial())
          .contains(own);
    }
    demand(
        ErrorCode.NOT_CONNECTED,
        "the reader here is " + own + ", not 05.03-1",
        () -> open(Map.of("serial-number", "05.03-1")).close());
  }

  @Test
  void anOptionThatMeansNothingIsUnsupported() {
    demand(ErrorCode.UNSUPPORTED, "watch", () -> open(Map.of("watch", "yes")).close());
  }

  private interface Trial {
    void with(LocalDevice device) throws DeviceException;
  }

  private static void play(SamScript script, Trial trial) throws DeviceException {
    TranscriptDevice played = script.play();
    try (TcpWire line = TcpWire.serve(played, 0);
        LocalDevice device =
            LocalDevice.open(new SamIdCardDriver(), "tcp:127.0.0.1:" + line.port())) {
      trial.with(device);
      assertThat(played.mismatch()).isEmpty();
      assertThat(played.finished()).isTrue();
    }
  }

  private static byte[] bytes(Content content) {
    return ((Content.Data) content).bytes();
  }

  private static void demand(ErrorCode code, String detail, ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .isInstanceOfSatisfying(DeviceException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(detail);
  }

  private LocalDevice open() throws DeviceException {
    return open(Map.of());
  }

  private LocalDevice open(Map<String, String> options) throws DeviceException {
    return LocalDevice.open(new SamIdCardDriver(), "tcp:127.0.0.1:" + wire.port(), options);
  }
}
