package dev.doorstep.driver.serialcodescanner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.LocalDevice;
import dev.doorstep.driver.Subject;
import dev.doorstep.driver.TestCall;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.ReadCode;
import dev.doorstep.protocol.operation.ScannedCode;
import dev.doorstep.simulator.device.CodeScanner;
import dev.doorstep.simulator.device.Fault;
import dev.doorstep.simulator.device.FaultyDevice;
import dev.doorstep.simulator.device.TcpWire;
import dev.doorstep.simulator.device.Wire;
import dev.doorstep.simulator.device.WireDevice;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SerialCodeScannerTest {
  private static final ReadCode READ = new ReadCode(Duration.ofSeconds(5));
  private static final ReadCode GLANCE = new ReadCode(Duration.ofMillis(30));
  private static final Duration TIME = Duration.ofSeconds(5);
  private static final Map<String, String> TRIGGERED = Map.of("trigger", "true", "aim", "true");
  private static final Map<String, String> CONTINUOUS = Map.of("mode", "continuous");

  private final CodeScanner scanner = new CodeScanner().aim(true);
  private final FaultyDevice faulty = new FaultyDevice(new Kept());
  private final TcpWire wire = TcpWire.serve(faulty, 0);
  private final List<Object> told = new ArrayList<>();

  @AfterEach
  void close() {
    wire.close();
  }

  @ParameterizedTest
  @CsvSource({"any, 13", "any, ", "cr, 13", "none, "})
  void aCodeMayComeCutAnywhere(String suffix, @Nullable Integer end) throws DeviceException {
    Map<String, String> options = Map.of("trigger", "true", "aim", "true", "suffix", suffix);
    scanner.ending(end == null ? new int[0] : new int[] {end});
    try (LocalDevice device = open(options)) {
      for (int cut = 1; cut < 18; cut++) {
        faulty.fault(cutAt(cut));
        scanner.showEan13("6901234567892");
        ScannedCode code = device.run(READ);
        assertThat(code.text()).isEqualTo("6901234567892");
        assertThat(code.symbology()).contains("EAN_13");
      }
    }
  }

  @Test
  void aCodeThatWasShownBeforeIsNotGivenForTheCommand() throws DeviceException {
    try (LocalDevice device = open(Map.of())) {
      scanner.aim(false).continuous(true);
      say("before\rbefore, too\rhal");
      CompletableFuture<ScannedCode> read = inBackground(device);
      say("f\r"); // the rest of a code that was just coming
      await().until(() -> !lastCall.notes().isEmpty());
      say("after\rsecond\r");
      assertThat(read).succeedsWithin(TIME).extracting(ScannedCode::text).isEqualTo("after");
      demand(ErrorCode.NO_CODE, "", () -> device.run(GLANCE)); // nor is the second one later
    }
  }

  @Test
  void aScannerIsTriggeredAndTriggeredAgainWhileNobodyComes() throws DeviceException {
    try (LocalDevice device = open(TRIGGERED)) {
      demand(ErrorCode.NO_CODE, "no code", () -> device.run(GLANCE));
      assertThat(scanner.triggers()).isEqualTo(1);
      CompletableFuture<ScannedCode> read = inBackground(device);
      await().atMost(Duration.ofSeconds(8)).until(() -> scanner.triggers() == 3);
      scanner.showQr("late", StandardCharsets.UTF_8);
      assertThat(read).succeedsWithin(TIME).extracting(ScannedCode::text).isEqualTo("late");
    }
  }

  @Test
  void aContinuousScannerTellsItsCodesAsEventsOfPersons() throws DeviceException {
    try (LocalDevice device = open(CONTINUOUS)) {
      scanner.aim(false).continuous(true);
      say("one\rtwo\r");
      device.device().idle(Deadline.after(TIME));
      assertThat(texts()).containsExactly("one", "two");
      say("three\r");
      assertThat(device.device().probe(Deadline.after(TIME)).cause()).isEmpty();
      say("four");
      device.device().idle(Deadline.after(TIME));
      say("before\r");
      CompletableFuture<ScannedCode> read = inBackground(device);
      await().until(() -> !lastCall.notes().isEmpty());
      say("mine\rafter\r");
      assertThat(read).succeedsWithin(TIME).extracting(ScannedCode::text).isEqualTo("mine");
      device.device().idle(Deadline.after(TIME));
      assertThat(texts()).containsExactly("one", "two", "three", "four", "before", "after");
    }
  }

  @Test
  void whatHasNoEndIsToldAndTheNextCodeIsGood() throws DeviceException {
    try (LocalDevice device = open(Map.of())) {
      CompletableFuture<ScannedCode> read = inBackground(device);
      await().until(() -> !lastCall.notes().isEmpty());
      say("1".repeat(8000));
      assertThat(read).failsWithin(TIME);
      say("\r");
      CompletableFuture<ScannedCode> next = inBackground(device);
      await().until(() -> !lastCall.notes().isEmpty());
      say("next\r");
      assertThat(next).succeedsWithin(TIME).extracting(ScannedCode::text).isEqualTo("next");
    }
  }

  @Test
  void aCodeWithoutItsSuffixIsATimeout() throws DeviceException {
    scanner.ending();
    try (LocalDevice device = open(Map.of("suffix", "crlf", "trigger", "true"))) {
      scanner.showEan13("6901234567892");
      demand(ErrorCode.TIMEOUT, "option suffix", () -> device.run(READ));
    }
  }

  @Test
  void noiseWithoutEndIsGarbled() throws DeviceException {
    try (LocalDevice device = open(TRIGGERED)) {
      faulty.fault(Fault.endlessNoise());
      DeviceException noise =
          catchThrowableOfType(
              DeviceException.class, () -> device.device().probe(Deadline.after(TIME)));
      assertThat(noise.code()).isIn(ErrorCode.GARBLED, ErrorCode.TIMEOUT);
      faulty.clear();
    }
  }

  @Test
  void aReplyWithAWrongChecksumIsGarbledAndARefusalAFault() throws DeviceException {
    try (LocalDevice device = open(TRIGGERED)) {
      faulty.fault(Fault.badChecksum());
      demand(ErrorCode.GARBLED, "trigger: checksum 3330 where 3331", () -> device.run(READ));
      faulty.fault(Fault.overwrite(4, 0x01, 0xAB, 0xCD));
      demand(ErrorCode.DEVICE_FAULT, "trigger: refused", () -> device.run(READ));
      faulty.fault(Fault.silence());
      demand(ErrorCode.TIMEOUT, "trigger: no reply", () -> device.run(READ));
      faulty.clear();
      CompletableFuture<ScannedCode> read = inBackground(device);
      await().until(() -> !lastCall.notes().isEmpty());
      scanner.showEan13("6901234567892");
      assertThat(read).succeedsWithin(TIME).extracting(ScannedCode::symbology).isNotNull();
    }
  }

  @Test
  void nobodyWaitsLongerThanTheCommandMay() throws DeviceException {
    try (LocalDevice device = open(Map.of())) {
      Deadline end = Deadline.after(Duration.ofSeconds(3));
      TestCall call = new TestCall(Duration.ofMillis(100));
      demand(ErrorCode.NO_CODE, "", () -> device.run(READ, call));
      assertThat(end.expired()).isFalse();
      assertThat(call.notes()).containsExactly("waiting for a code");
    }
  }

  private volatile TestCall lastCall = new TestCall(TIME);
  private volatile @Nullable Wire open;

  /** The scanner, and its line in the test's hands. */
  private final class Kept implements WireDevice {
    @Override
    public void connected(Wire line) {
      scanner.connected(line);
      open = line;
    }

    @Override
    public void received(byte[] bytes, Wire line) {
      scanner.received(bytes, line);
    }

    @Override
    public void disconnected(Wire line) {
      scanner.disconnected(line);
    }
  }

  private CompletableFuture<ScannedCode> inBackground(LocalDevice device) {
    TestCall call = new TestCall(Duration.ofSeconds(20));
    lastCall = call;
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return device.run(new ReadCode(Duration.ofSeconds(15)), call);
          } catch (DeviceException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** As if the scanner said so, by itself. */
  private void say(String bytes) {
    await().until(() -> open != null);
    Objects.requireNonNull(open).send(bytes.getBytes(StandardCharsets.US_ASCII));
  }

  private static Fault cutAt(int cut) {
    return new Fault() {
      @Override
      public void answer(byte[] answer, Wire line) {
        int at = Math.min(cut, answer.length);
        line.send(Arrays.copyOf(answer, at));
        line.send(Arrays.copyOfRange(answer, at, answer.length));
      }
    };
  }

  private List<String> texts() {
    return told.stream().map(data -> ((ScannedCode) data).text()).toList();
  }

  private static void demand(ErrorCode code, String detail, ThrowingCallable call) {
    DeviceException thrown = catchThrowableOfType(DeviceException.class, call);
    assertThat(thrown).isNotNull().hasMessageContaining(detail);
    assertThat(thrown.code()).isEqualTo(code);
  }

  private LocalDevice open(Map<String, String> options) throws DeviceException {
    LocalDevice device =
        LocalDevice.open(
            new SerialCodeScannerDriver(),
            "tcp:127.0.0.1:" + wire.port(),
            options,
            (event, subject, data) -> {
              assertThat(event).isEqualTo("code.scanned");
              assertThat(subject).isEqualTo(Subject.PERSON);
              told.add(data);
            });
    return device;
  }
}
