package dev.doorstep.driver.pcscsocialcard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.LocalDevice;
import dev.doorstep.driver.TestCall;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.IdCard;
import dev.doorstep.protocol.operation.ReadSocialCard;
import dev.doorstep.protocol.operation.SocialCard;
import dev.doorstep.simulator.testing.RealComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import javax.smartcardio.CardTerminals;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Java Cards in software, in the virtual readers of a real pcscd. */
@RealComponent("pcscd")
@RealComponent("vpcd")
@SuppressWarnings("try") // a card lies in its reader and is not touched
class PcscSocialCardTest {
  private static final Duration TIME = Duration.ofSeconds(15);
  private static final ReadSocialCard READ = new ReadSocialCard(Duration.ofSeconds(10));
  private static final ReadSocialCard NOW = new ReadSocialCard(Duration.ZERO);

  @TempDir static Path folder;
  private static Pcscd pcscd;

  @BeforeAll
  static void start() throws Exception {
    pcscd = Pcscd.start(folder);
  }

  /** The card of the test before is seen to be gone: pcscd looks every 400 ms. */
  @BeforeEach
  void awaitEmpty() throws Exception {
    pcscd.awaitEmpty(0);
    pcscd.awaitEmpty(1);
  }

  @AfterAll
  static void end() throws Exception {
    pcscd.close();
  }

  @ParameterizedTest
  @ValueSource(bytes = {SocialCardApplet.BY_TAG, SocialCardApplet.BY_NUMBER})
  void aCardOfTheFirstTwoGenerationsIsReadByTagOrByNumber(byte habit) throws Exception {
    try (LocalDevice device = open("*");
        CardBridge card = insert(0, new SoftCard(habit, GeneratedCard.specimen()))) {
      SocialCard read = device.run(READ, new TestCall(TIME));
      assertThat(read.cardId()).contains("310000D15600000500000000000A1B2C");
      assertThat(read.cardClass()).contains("1");
      assertThat(read.version()).contains("2.00");
      assertThat(read.issuer()).contains("9131000000000000");
      assertThat(read.issued()).contains("2012-05-06");
      assertThat(read.validUntil()).contains("2022-05-06");
      assertThat(read.cardNumber()).contains("A1234567");
      assertThat(read.number()).contains(GeneratedCard.NUMBER);
      assertThat(read.name()).contains(GeneratedCard.NAME);
      assertThat(read.sex().orElseThrow().is(IdCard.Sex.FEMALE)).isTrue();
      assertThat(read.nation().flatMap(IdCard.Nation::name)).contains("汉");
      assertThat(read.birthplace()).contains("110105");
      assertThat(read.birthDate()).contains("1949-12-31");
      assertThat(device.run(READ, new TestCall(TIME))).as("read once more").isEqualTo(read);
    }
  }

  @Test
  void aCardOfTheThirdGenerationIsLocked() throws Exception {
    SoftCard third = new SoftCard(SocialCardApplet.WANTS_PIN, GeneratedCard.specimen());
    try (LocalDevice device = open("*");
        CardBridge card = insert(0, third)) {
      demand(ErrorCode.CARD_LOCKED, "read record 01 of EF05: SW 6982", () -> run(device));
    }
  }

  @Test
  void anotherCardIsUnsupportedAndOneThatFailsIsToldSo() throws Exception {
    try (LocalDevice device = open("Virtual PCD")) {
      try (CardBridge card = insert(0, command -> GeneratedCard.hex("6A82"))) {
        demand(ErrorCode.UNSUPPORTED, "SW 6A82", () -> run(device));
      }
      try (CardBridge card = insert(0, command -> GeneratedCard.hex("6F00"))) {
        demand(ErrorCode.CARD_READ_FAILED, "SW 6F00", () -> run(device));
      }
      try (CardBridge card = insert(0, command -> GeneratedCard.hex("0120419000"))) {
        demand(ErrorCode.GARBLED, "32 bytes are announced and 1 sent", () -> run(device));
      }
    }
  }

  @Test
  void twoReadersAreToldApart() throws Exception {
    SoftCard mine = new SoftCard(SocialCardApplet.BY_TAG, GeneratedCard.specimen());
    try (CardBridge first = insert(0, command -> GeneratedCard.hex("6A82"));
        CardBridge second = insert(1, mine);
        LocalDevice device = open("Virtual PCD 00 01");
        LocalDevice other = open("Virtual PCD 00 00")) {
      assertThat(device.run(READ, new TestCall(TIME)).name()).contains(GeneratedCard.NAME);
      demand(ErrorCode.UNSUPPORTED, "", () -> run(other));
    }
  }

  @Test
  void aReaderThatIsNotThereIsNotConnected() {
    demand(ErrorCode.NOT_CONNECTED, "there are Virtual PCD 00 00", () -> open("Nobody's reader"));
  }

  @Test
  void whileThereIsNoCardThePatienceCountsAndACancelIsHeard() throws Exception {
    try (LocalDevice device = open("*")) {
      await()
          .ignoreExceptions()
          .untilAsserted(
              () ->
                  demand(ErrorCode.NO_CARD, "no card", () -> device.run(NOW, new TestCall(TIME))));
      TestCall call = new TestCall(TIME);
      CompletableFuture<ErrorCode> end = inBackground(device, call);
      await().until(() -> call.notes().contains("waiting for a card"));
      call.cancel();
      assertThat(end).succeedsWithin(TIME).isEqualTo(ErrorCode.STOPPING);
      assertThat(device.device().probe(Deadline.after(TIME)).cause()).isEmpty();
    }
  }

  @Test
  void aCardThatIsTakenOutInTheMiddleIsRemoved() throws Exception {
    SoftCard soft = new SoftCard(SocialCardApplet.BY_TAG, GeneratedCard.specimen());
    try (LocalDevice device = open("*")) {
      for (int taken = 1; taken < 12; taken += 5) {
        CardBridge[] card = new CardBridge[1];
        int[] commands = {0};
        int last = taken;
        card[0] =
            insert(
                0,
                command -> {
                  commands[0]++;
                  if (commands[0] > last) {
                    throw new IllegalStateException("taken out");
                  }
                  return soft.apply(command);
                });
        demand(ErrorCode.CARD_REMOVED, "", () -> run(device));
        card[0].close();
      }
      try (CardBridge back = insert(0, soft)) {
        assertThat(device.run(READ, new TestCall(TIME)).name()).contains(GeneratedCard.NAME);
      }
    }
  }

  @Test
  void aCardThatAnotherProgramHoldsIsInUse() throws Exception {
    SoftCard soft = new SoftCard(SocialCardApplet.BY_TAG, GeneratedCard.specimen());
    try (LocalDevice device = open("*");
        PcscSession other = PcscSession.begin();
        CardBridge card = insert(0, soft)) {
      CardSlots slots = new CardSlots(other, "Virtual PCD 00 00");
      Deadline end = Deadline.after(TIME);
      CompletableFuture<CardSlots.HeldCard> held = new CompletableFuture<>();
      await()
          .until(
              () -> {
                slots.card(end).ifPresent(held::complete);
                return held.isDone();
              });
      demand(ErrorCode.DEVICE_IN_USE, "8010000B", () -> run(device));
      held.join().release();
      assertThat(run(device).name()).contains(GeneratedCard.NAME);
    }
  }

  @Test
  void closingTheWiresEndsAWaitAndACommandToACardThatHangs() throws Exception {
    try (LocalDevice device = open("*")) {
      TestCall call = new TestCall(TIME);
      CompletableFuture<ErrorCode> end = inBackground(device, call);
      await().until(() -> !call.notes().isEmpty());
      device.closeWires();
      assertThat(end).succeedsWithin(TIME).isEqualTo(ErrorCode.DISCONNECTED);
    }
    Hanging hanging = new Hanging();
    try (LocalDevice device = open("*");
        CardBridge card = insert(0, hanging)) {
      CompletableFuture<ErrorCode> end = inBackground(device, new TestCall(TIME));
      await().until(() -> hanging.asked || end.isDone());
      assertThat(end).isNotDone();
      device.closeWires();
      assertThat(end).succeedsWithin(Duration.ofSeconds(2)).isEqualTo(ErrorCode.DISCONNECTED);
      hanging.end();
      await().until(() -> !sessionsLive()); // and leaves the service, with the card still in
    }
  }

  private static boolean sessionsLive() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("doorstep-pcsc"));
  }

  @Test
  void aServiceThatHangsIsATimeout() throws Exception {
    try (LocalDevice device = open("*")) {
      pcscd.freeze();
      Deadline end = Deadline.after(Duration.ofSeconds(3));
      demand(
          ErrorCode.TIMEOUT,
          "does not come back",
          () -> device.run(NOW, new TestCall(Duration.ofMillis(300))));
      assertThat(end.expired()).isFalse();
      for (int hanging = 2; hanging <= 3; hanging++) {
        try (PcscSession other = PcscSession.begin()) {
          demand(
              ErrorCode.TIMEOUT,
              "does not come back",
              () -> other.call(CardTerminals::list, Deadline.after(Duration.ofMillis(100))));
        }
      }
      demand(ErrorCode.DEVICE_FAULT, "3 calls did not come back; restart pcscd", () -> open("*"));
    } finally {
      pcscd.thaw();
    }
    await().until(() -> !sessionsLive());
    try (LocalDevice device = open("*")) {
      assertThat(device.device().probe(Deadline.after(TIME)).cause()).isEmpty();
    }
  }

  /** A card that does not answer until it is told to. */
  private static final class Hanging implements UnaryOperator<byte[]> {
    private final CompletableFuture<byte[]> answer = new CompletableFuture<>();
    private volatile boolean asked;

    @Override
    public byte[] apply(byte[] command) {
      asked = true;
      return answer.join();
    }

    void end() {
      answer.complete(GeneratedCard.hex("6F00"));
    }
  }

  private static CompletableFuture<ErrorCode> inBackground(LocalDevice device, TestCall call) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            device.run(READ, call);
            return ErrorCode.INTERNAL; // it cannot have been read
          } catch (DeviceException e) {
            return e.code();
          }
        });
  }

  private static SocialCard run(LocalDevice device) throws DeviceException {
    return device.run(READ, new TestCall(TIME));
  }

  /** Once the card before was seen to be gone. */
  private static CardBridge insert(int reader, UnaryOperator<byte[]> card) throws Exception {
    pcscd.awaitEmpty(reader);
    return CardBridge.insert(pcscd.port(reader), card);
  }

  static void demand(ErrorCode code, String detail, ThrowingCallable call) {
    DeviceException thrown = catchThrowableOfType(DeviceException.class, call);
    assertThat(thrown).isNotNull().hasMessageContaining(detail);
    assertThat(thrown.code()).isEqualTo(code);
    assertThat(thrown.getMessage()).doesNotContain(GeneratedCard.NAME, "1949", "19491231");
  }

  private static LocalDevice open(String reader) throws DeviceException {
    return LocalDevice.open(new PcscSocialCardDriver(), "pcsc:" + reader);
  }
}
