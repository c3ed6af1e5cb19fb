package dev.doorstep.driver.serialpad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.LocalDevice;
import dev.doorstep.driver.TestCall;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.AskEvaluation;
import dev.doorstep.protocol.operation.Evaluation;
import dev.doorstep.protocol.operation.Evaluation.Answer;
import dev.doorstep.protocol.operation.EvaluationLevel;
import dev.doorstep.simulator.device.Fault;
import dev.doorstep.simulator.device.FaultyDevice;
import dev.doorstep.simulator.device.KeyPad;
import dev.doorstep.simulator.device.TcpWire;
import dev.doorstep.simulator.device.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SerialPadTest {
  private static final Duration TIME = Duration.ofSeconds(10);
  private static final AskEvaluation SHORT = plain(Duration.ofMillis(150));

  /** With all that a pad of keys cannot show or ask. */
  private static final AskEvaluation LONG =
      new AskEvaluation(
          Optional.of("2026-0042"),
          Optional.of("居住证明"),
          Optional.of("3"),
          Optional.of("9527"),
          true,
          true,
          TIME);

  private enum Kind {
    FRAMED("example-framed"),
    DIGITS("example-digits");

    private final String model;

    Kind(String model) {
      this.model = model;
    }
  }

  private final KeyPad framed = KeyPad.framed();
  private final KeyPad digits = KeyPad.digits();
  private final FaultyDevice framedLine = new FaultyDevice(framed);
  private final FaultyDevice digitsLine = new FaultyDevice(digits);
  private final TcpWire framedWire = TcpWire.serve(framedLine, 0);
  private final TcpWire digitsWire = TcpWire.serve(digitsLine, 0);
  private TestCall lastCall = new TestCall(TIME);

  @AfterEach
  void close() {
    framedWire.close();
    digitsWire.close();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aKeyIsALevelAndNothingElseIsAskedFor(Kind kind) throws DeviceException {
    for (EvaluationLevel level : EvaluationLevel.values()) {
      try (LocalDevice device = open(kind)) {
        CompletableFuture<Evaluation> asked = asked(device, LONG);
        pad(kind).press(level.name());
        assertThat(asked).succeedsWithin(TIME);
        Evaluation evaluation = asked.join();
        assertThat(evaluation.answer().is(Answer.GIVEN)).isTrue();
        assertThat(evaluation.level().flatMap(it -> it.as(EvaluationLevel.class))).contains(level);
        assertThat(evaluation.reasons()).isEmpty();
        assertThat(evaluation.comment()).isEmpty();
        assertThat(evaluation.channel().orElseThrow().is(Evaluation.Channel.COUNTER_PAD)).isTrue();
        assertThat(evaluation.answered().orElseThrow())
            .isAfterOrEqualTo(evaluation.asked().orElseThrow());
        assertThat(lastCall.notes()).containsExactly("waiting for the resident's evaluation");
        assertThat(lastCall.acts()).isEqualTo(1);
        awaitDark();
      }
    }
  }

  @Test
  void aKeyForThoseWhoDoNotWantToIsDeclined() throws DeviceException {
    framed.willPress("DECLINED");
    try (LocalDevice device = open(Kind.FRAMED)) {
      Evaluation evaluation = device.run(LONG);
      assertThat(evaluation.answer().is(Answer.DECLINED)).isTrue();
      assertThat(evaluation.level()).isEmpty();
      assertThat(evaluation.answered()).isPresent();
    }
    awaitDark();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void nobodyIsAnAnswerOfItsOwn(Kind kind) throws DeviceException {
    try (LocalDevice device = open(kind)) {
      demandNobody(device.run(SHORT));
      assertThat(framed.questions()).isEqualTo(kind == Kind.FRAMED ? 1 : 0);
      awaitDark();
      Deadline end = Deadline.after(Duration.ofSeconds(9)); // the question has ten
      demandNobody(device.run(LONG, new TestCall(Duration.ofSeconds(2)))); // no longer than it may
      assertThat(end.expired()).isFalse();
      awaitDark();
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void whatWasPressedBeforeTheQuestionIsNoAnswerToIt(Kind kind) throws DeviceException {
    try (LocalDevice device = open(kind)) {
      pad(kind).press("VERY_SATISFIED");
      pad(kind).press("SATISFIED");
      demandNobody(device.run(SHORT));
      pad(kind).press("VERY_SATISFIED");
      device.device().idle(Deadline.after(TIME));
      demandNobody(device.run(SHORT));
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void whatWasPressedWhileTheCommandIsWrittenDownIsNoAnswerToIt(Kind kind) throws DeviceException {
    try (LocalDevice device = open(kind)) {
      TestCall call = new TestCall(TIME).whenActing(() -> pad(kind).press("VERY_SATISFIED"));
      demandNobody(device.run(SHORT, call));
      assertThat(call.acts()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aSecondPressIsNoAnswerToTheNextQuestion(Kind kind) throws DeviceException {
    try (LocalDevice device = open(kind)) {
      CompletableFuture<Evaluation> asked = asked(device, LONG);
      pad(kind).press("SATISFIED");
      pad(kind).press("VERY_DISSATISFIED");
      assertThat(asked).succeedsWithin(TIME);
      assertThat(asked.join().level().orElseThrow().is(EvaluationLevel.SATISFIED)).isTrue();
      pad(kind).press("VERY_DISSATISFIED");
      Evaluation next = device.run(SHORT);
      demandNobody(next);
      Instant first = asked.join().answered().orElseThrow();
      assertThat(Duration.between(first, next.asked().orElseThrow()))
          .isGreaterThanOrEqualTo(Duration.ofMillis(490)); // two clocks
    }
  }

  @Test
  void aFrameWhoseBeginningCameBeforeTheQuestionIsNone() throws DeviceException {
    try (LocalDevice device = open(Kind.FRAMED)) {
      framed.send(hex("a5 01 4b"));
      CompletableFuture<Evaluation> asked = asked(device, LONG);
      framed.send(hex("03 4f"));
      framed.press("DISSATISFIED");
      assertThat(asked).succeedsWithin(TIME);
      assertThat(asked.join().level().orElseThrow().is(EvaluationLevel.DISSATISFIED)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00 ff 00 ff | a5 01 4b 02 4e",
        "a5 | 01 | 4b | 02 | 4e",
        "a5 a5 a5 01 4b | 02 4e",
        "a5 01 4b a5 01 4b 02 4e", // one that breaks off before
        "a5 01 4b 03 4e | a5 01 4b 02 4e", // a wrong checksum before
        "a5 01 a5 01 4b 02 4e",
        "a5 02 4b 03 50 | a5 01 4b 02 4e", // another address
        "a5 01 4b 04 50 | a5 01 4b ff 4b | a5 01 4b 02 4e", // keys that mean nothing
        "a5 01 52 1f 72 a5 01 4b 02 4e", // a reply that nobody asked for
        "a5 01 4b 02 4e a5 01 4b 00 4c" // the first one counts
      })
  void aFrameIsFoundHoweverItComes(String sent) throws DeviceException {
    try (LocalDevice device = open(Kind.FRAMED)) {
      CompletableFuture<Evaluation> asked = asked(device, LONG);
      for (String piece : sent.split(" \\| ", -1)) {
        framed.send(hex(piece));
      }
      assertThat(asked).succeedsWithin(TIME);
      assertThat(asked.join().level().orElseThrow().is(EvaluationLevel.SATISFIED)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void keysThatMeanNothingArePassedOver(Kind kind) throws DeviceException {
    try (LocalDevice device = open(kind)) {
      CompletableFuture<Evaluation> asked = asked(device, SHORT);
      pad(kind).pressKey(0x07);
      pad(kind).pressKey(0x39);
      assertThat(asked).succeedsWithin(TIME);
      demandNobody(asked.join());
    }
  }

  @Test
  void framesThatAreNoneAreNotTakenForNobody() throws DeviceException {
    framed.willPress("SATISFIED");
    try (LocalDevice device = open(Kind.FRAMED)) {
      framedLine.fault(
          new Fault() {
            @Override
            public void answer(byte[] answer, Wire line) {
              byte[] bad = answer.clone();
              bad[4] ^= (byte) (bad[2] == 0x4B ? 1 : 0);
              line.send(bad);
            }
          });
      demand(ErrorCode.GARBLED, "no key; check the model", () -> device.run(SHORT));
      awaitDark();
      framedLine.clear();
      assertThat(device.run(LONG).answer().is(Answer.GIVEN)).isTrue();
    }
  }

  @Test
  void aPadThatIsNotThereIsNotTakenForNobody() throws DeviceException {
    try (LocalDevice device = open(Kind.FRAMED)) {
      framedLine.fault(
          new Fault() {
            @Override
            public boolean admits(byte[] request, Wire line) {
              return !framed.lit(); // once it is, its cable is cut
            }
          });
      demand(ErrorCode.TIMEOUT, "no reply", () -> device.run(SHORT));
      assertThat(framed.lit()).isTrue();
      framedLine.clear();
      assertThat(device.device().probe(Deadline.after(TIME)).cause()).isEmpty();
      awaitDark();
    }
  }

  @Test
  void anAnswerStandsWhenTheLineBreaksBehindIt() throws DeviceException {
    framed.willPress("FAIRLY_SATISFIED");
    try (LocalDevice device = open(Kind.FRAMED)) {
      framedLine.fault(
          new Fault() {
            @Override
            public void answer(byte[] answer, Wire line) {
              line.send(answer);
              if (answer[2] == 0x4B) {
                line.close();
              }
            }
          });
      assertThat(device.run(LONG).answer().is(Answer.GIVEN)).isTrue();
      demand(ErrorCode.DISCONNECTED, "", () -> device.device().idle(Deadline.after(TIME)));
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aCancelledQuestionGivesNothingAndTheLampsGoOut(Kind kind) throws DeviceException {
    try (LocalDevice device = open(kind)) {
      TestCall call = new TestCall(TIME);
      CompletableFuture<ErrorCode> end = device.failure(LONG, call);
      await().until(() -> !call.notes().isEmpty());
      call.cancel();
      assertThat(end).succeedsWithin(TIME).isEqualTo(ErrorCode.STOPPING);
      awaitDark();
      CompletableFuture<Evaluation> asked = asked(device, LONG);
      pad(kind).press("SATISFIED");
      assertThat(asked).succeedsWithin(TIME);
    }
  }

  @Test
  void whatSendsWithoutEndIsGarbled() throws DeviceException {
    try (LocalDevice framedDevice = open(Kind.FRAMED);
        LocalDevice digitsDevice = open(Kind.DIGITS)) {
      framedLine.fault(Fault.endlessNoise());
      demand(ErrorCode.GARBLED, "no reply", () -> framedDevice.run(LONG));
      assertThat(framed.questions()).isZero();
      framedLine.clear();
      Thread stuck =
          new Thread(
              () -> {
                while (!Thread.interrupted()) {
                  digits.pressKey('3');
                }
              });
      stuck.start();
      try {
        demand(ErrorCode.GARBLED, "is a key stuck?", () -> digitsDevice.run(LONG));
      } finally {
        stuck.interrupt();
      }
    }
  }

  @Test
  void anotherModelThanThePadIsToldWhenItIsOpened() {
    Map<String, String> other = Map.of("model", "example-framed", "reply", "A5 | 02 52 any sum");
    demand(
        ErrorCode.GARBLED,
        "5 bytes that are no reply",
        () -> LocalDevice.open(new SerialPadDriver(), connection(framedWire), other).close());
    demand(
        ErrorCode.TIMEOUT,
        "no reply",
        () ->
            LocalDevice.open(
                    new SerialPadDriver(),
                    connection(digitsWire),
                    Map.of("model", "example-framed"))
                .close());
  }

  @Test
  void aPadIsDescribedInItsConfiguration() throws DeviceException {
    Map<String, String> three =
        Map.of("frame", "key", "keys", "33 SATISFIED, 32 FAIRLY_SATISFIED, 31 DISSATISFIED");
    try (LocalDevice device =
        LocalDevice.open(new SerialPadDriver(), connection(digitsWire), three)) {
      CompletableFuture<Evaluation> asked = asked(device, LONG);
      digits.press("VERY_SATISFIED"); // no key of this one
      digits.press("FAIRLY_SATISFIED"); // 3
      assertThat(asked).succeedsWithin(TIME);
      assertThat(asked.join().level().orElseThrow().is(EvaluationLevel.SATISFIED)).isTrue();
    }
  }

  private static AskEvaluation plain(Duration patience) {
    return AskEvaluation.plain(Optional.empty(), Optional.empty(), patience);
  }

  private static byte[] hex(String bytes) {
    return HexFormat.ofDelimiter(" ").parseHex(bytes);
  }

  private static void demandNobody(Evaluation evaluation) {
    assertThat(evaluation.answer().is(Answer.TIMED_OUT)).isTrue();
    assertThat(evaluation.level()).isEmpty();
    assertThat(evaluation.asked()).isPresent();
    assertThat(evaluation.answered()).isEmpty();
  }

  private static void demand(ErrorCode code, String detail, ThrowingCallable call) {
    DeviceException thrown = catchThrowableOfType(DeviceException.class, call);
    assertThat(thrown).isNotNull().hasMessageContaining(detail);
    assertThat(thrown.code()).isEqualTo(code);
  }

  private void awaitDark() {
    await().until(() -> !framed.lit());
  }

  private KeyPad pad(Kind kind) {
    return kind == Kind.FRAMED ? framed : digits;
  }

  private LocalDevice open(Kind kind) throws DeviceException {
    return LocalDevice.open(
        new SerialPadDriver(),
        connection(kind == Kind.FRAMED ? framedWire : digitsWire),
        Map.of("model", kind.model));
  }

  private static String connection(TcpWire wire) {
    return "tcp:127.0.0.1:" + wire.port();
  }

  /** Asked by another thread, and waiting. */
  private CompletableFuture<Evaluation> asked(LocalDevice device, AskEvaluation question) {
    TestCall call = new TestCall(Duration.ofSeconds(20));
    lastCall = call;
    CompletableFuture<Evaluation> end =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return device.run(question, call);
              } catch (DeviceException e) {
                throw new IllegalStateException(e);
              }
            });
    await().until(() -> !call.notes().isEmpty() || end.isDone());
    return end;
  }
}
