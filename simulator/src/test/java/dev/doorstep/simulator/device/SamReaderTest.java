package dev.doorstep.simulator.device;

import static dev.doorstep.simulator.device.Samples.FIND;
import static dev.doorstep.simulator.device.Samples.FOUND;
import static dev.doorstep.simulator.device.Samples.NO_CARD;
import static dev.doorstep.simulator.device.Samples.READ;
import static dev.doorstep.simulator.device.Samples.SELECT;
import static dev.doorstep.simulator.device.Samples.hex;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamReaderTest {

  private static final String OK = "aa aa aa 96 69 00 04 00 00 90 94";
  private static final String READ_FAILED = "aa aa aa 96 69 00 04 00 00 41 45";

  private final AtomicLong nanos = new AtomicLong();
  private final SamReader reader = new SamReader(nanos::get);
  private final RecordingWire wire = new RecordingWire();

  private String ask(String request) {
    reader.received(hex(request), wire);
    return wire.hex();
  }

  private void readCard() {
    assertThat(ask(FIND)).isEqualTo(FOUND);
    assertThat(ask(SELECT)).startsWith("aa aa aa 96 69 00 0c 00 00 90");
    assertThat(ask(READ)).startsWith("aa aa aa 96 69 05 08 00 00 90 01 00 04 00");
  }

  @Test
  void aCardIsFoundSelectedAndRead() {
    ResidentCard card = ResidentCard.specimen();
    reader.place(card);
    ask(FIND);
    ask(SELECT);

    byte[] answer = hex(ask(READ));

    assertThat(answer).hasSize(1295);
    byte xor = 0;
    for (int i = 5; i < answer.length; i++) {
      xor ^= answer[i];
    }
    assertThat(xor).isZero();
    assertThat(Arrays.copyOfRange(answer, 14, 14 + 256)).isEqualTo(card.text());
    assertThat(Arrays.copyOfRange(answer, 270, 270 + 1024)).isEqualTo(card.photo());
    assertThat(reader.reads()).isOne();
  }

  @ParameterizedTest
  @CsvSource({
    "reset, aa aa aa 96 69 00 03 10 ff ec, aa aa aa 96 69 00 04 00 00 90 94",
    "status, aa aa aa 96 69 00 03 11 ff ed, aa aa aa 96 69 00 04 00 00 90 94",
    "baud rate, aa aa aa 96 69 00 03 60 00 63, aa aa aa 96 69 00 04 00 00 90 94",
    "RF frame, aa aa aa 96 69 00 04 61 ff 50 ca, aa aa aa 96 69 00 04 00 00 90 94",
    "parameter unknown, aa aa aa 96 69 00 03 20 09 2a, aa aa aa 96 69 00 04 00 00 21 25",
    "command unknown, aa aa aa 96 69 00 03 77 00 74, aa aa aa 96 69 00 04 00 00 24 20",
    "checksum wrong, aa aa aa 96 69 00 03 20 01 23, aa aa aa 96 69 00 04 00 00 10 14",
    "length 65535, aa aa aa 96 69 ff ff 20 01 22, aa aa aa 96 69 00 04 00 00 11 15",
    "length 2, aa aa aa 96 69 00 02 20 22, aa aa aa 96 69 00 04 00 00 11 15",
    "find without card, aa aa aa 96 69 00 03 20 01 22, aa aa aa 96 69 00 04 00 00 80 84",
    "select without card, aa aa aa 96 69 00 03 20 02 21, aa aa aa 96 69 00 04 00 00 81 85",
    "read without card, aa aa aa 96 69 00 03 30 01 32, aa aa aa 96 69 00 04 00 00 41 45",
  })
  void answersEachRequest(String what, String request, String answer) {
    assertThat(ask(request)).as(what).isEqualTo(answer);
  }

  @Test
  void tellsItsSamId() {
    assertThat(ask("aa aa aa 96 69 00 03 12 ff ee"))
        .isEqualTo(
            "aa aa aa 96 69 00 14 00 00 90 05 00 03 00 95 48 40 01 01 00 00 00 2a 00 00 00 35");
  }

  @Test
  void aCardThatWasReadAndStillLiesThereIsNotFound() {
    reader.place(ResidentCard.generated(1));
    readCard();
    assertThat(ask(FIND)).isEqualTo(NO_CARD);
    assertThat(ask(READ)).isEqualTo(READ_FAILED);

    reader.place(ResidentCard.generated(1));
    readCard();
    assertThat(reader.reads()).isEqualTo(2);
  }

  @Test
  void aReadGoesThroughAfterAFailedSelectButNotWithoutAFind() {
    reader.place(ResidentCard.generated(2));
    assertThat(ask(SELECT)).isEqualTo("aa aa aa 96 69 00 04 00 00 81 85");
    assertThat(ask(FIND)).isEqualTo(FOUND);
    assertThat(hex(ask(READ))).hasSize(1295);

    reader.place(ResidentCard.generated(2));
    assertThat(ask(READ)).isEqualTo(READ_FAILED);
    assertThat(ask(FIND)).as("until it is lifted").isEqualTo(NO_CARD);
  }

  @Test
  void fingerprintsAddressAndManagementNumberAnswerUntilTheCardIsLifted() {
    reader.place(ResidentCard.generated(3));
    ask(FIND);
    ask(SELECT);
    assertThat(ask("aa aa aa 96 69 00 03 30 10 23"))
        .startsWith("aa aa aa 96 69 05 0a 00 00 90 01 00 04 00 00 00")
        .hasSize(1297 * 3 - 1);
    assertThat(ask("aa aa aa 96 69 00 03 30 03 30")).isEqualTo("aa aa aa 96 69 00 04 00 00 91 95");
    assertThat(hex(ask("aa aa aa 96 69 00 03 30 05 36"))).hasSize(5 + 2 + 3 + 28 + 1);

    assertThat(reader.placed()).isPresent();
    reader.lift();
    assertThat(reader.placed()).isEmpty();
    assertThat(ask("aa aa aa 96 69 00 03 30 05 36")).isEqualTo(READ_FAILED);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 30})
  void requestsAreUnderstoodInPiecesOfAnySizeAndBehindNoise(int size) {
    byte[] stream = hex("00 aa 00 aa aa 96 69 aa" + FIND + "ff" + FIND + "aa aa" + FIND);

    Samples.inPieces(stream, size, wire, reader::received);

    assertThat(wire.pieces()).containsExactly(NO_CARD, NO_CARD, NO_CARD);
  }

  @Test
  void aRequestCutAnywhereIsForgottenAfterASecondOrWithTheLine() {
    byte[] find = hex(FIND);
    for (int cut = 1; cut < find.length; cut++) {
      reader.received(Arrays.copyOf(find, cut), wire);
      nanos.addAndGet(1_000_000_001L);
      assertThat(ask(FIND)).as("cut at %d", cut).isEqualTo(NO_CARD);

      reader.received(Arrays.copyOf(find, cut), wire);
      reader.disconnected(wire);
      assertThat(ask(FIND)).as("cut at %d, line closed", cut).isEqualTo(NO_CARD);
    }
  }

  @Test
  void aResetSaysOkWithACardOnIt() {
    reader.place(ResidentCard.specimen());
    assertThat(ask("aa aa aa 96 69 00 03 10 ff ec")).isEqualTo(OK);
    readCard();
  }

  @Test
  void givesWhatACardHoldsBesides() {
    ExtendedCard card = ResidencePermit.generated(1).withFingerprints(512).withAddresses("一", "二");
    reader.place(card);
    ask(FIND);
    ask(SELECT);
    byte[] all = hex(ask("aa aa aa 96 69 00 03 30 10 23"));
    assertThat(all).hasSize(1809);
    assertThat(Arrays.copyOfRange(all, 16, 16 + 256)).isEqualTo(card.text());
    assertThat(Arrays.copyOfRange(all, 1296, 1808)).isEqualTo(card.fingerprints());
    assertThat(hex(ask("aa aa aa 96 69 00 03 30 03 30"))).hasSize(11 + 2 * 70);
  }

  @Test
  void mayKnowNoFingerprints() {
    reader.knowNoFingerprints();
    reader.place(ForeignerCard2017.generated(1));
    ask(FIND);
    ask(SELECT);
    assertThat(ask("aa aa aa 96 69 00 03 30 10 23")).isEqualTo("aa aa aa 96 69 00 04 00 00 24 20");
    assertThat(hex(ask(READ))).hasSize(1295);
  }
}
