package dev.doorstep.driver.ippprinter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.Footprint;
import dev.doorstep.driver.LocalDevice;
import dev.doorstep.driver.TestCall;
import dev.doorstep.driver.Unplugging;
import dev.doorstep.driver.paper.Documents;
import dev.doorstep.driver.realprinter.EvePrinter;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.PrintDocument;
import dev.doorstep.protocol.operation.Printed;
import dev.doorstep.simulator.testing.RealComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong at {@code ippeveprinter}, and what is told of it. */
@RealComponent("ippeveprinter")
@RealComponent("dbus-daemon")
class EvePrinterFaultsTest {
  private static final Duration AMPLE = Duration.ofSeconds(40);
  private static final Duration SHORT = Duration.ofSeconds(10);
  private static final PrintDocument TEXT =
      PrintDocument.plain(
          Content.of("text/plain", "Notice 42\n".getBytes(StandardCharsets.US_ASCII)));

  @TempDir Path folder;
  private final ExecutorService lane = Executors.newSingleThreadExecutor();
  private EvePrinter printer;
  private LocalDevice device;

  @BeforeEach
  void open() throws Exception {
    printer = EvePrinter.start(folder, EvePrinter.ALL_FORMATS);
    device = LocalDevice.open(new IppPrinterDriver(), printer.connection());
  }

  @AfterEach
  void close() {
    lane.shutdownNow();
    device.close();
    printer.close();
  }

  private Future<Printed> printing(TestCall call) {
    return lane.submit((Callable<Printed>) () -> device.run(TEXT, call));
  }

  private static Optional<DeviceException> failure(Future<?> printing) throws Exception {
    try {
      printing.get(60, TimeUnit.SECONDS);
      return Optional.empty();
    } catch (java.util.concurrent.ExecutionException e) {
      return Optional.of((DeviceException) java.util.Objects.requireNonNull(e.getCause()));
    }
  }

  private void demandUsable() throws Exception {
    int before = printer.printed().size();
    device.run(TEXT, new TestCall(AMPLE));
    assertThat(printer.printed()).hasSize(before + 1);
  }

  @ParameterizedTest
  @CsvSource({
    "+media-jam-error, PAPER_JAM",
    "+cover-open-error, COVER_OPEN",
    "+media-needed-error, OUT_OF_PAPER",
    "+toner-empty-error, TONER_LOW"
  })
  void isWaitedForAndCancelledWhenTheTimeIsOver(String state, ErrorCode code) throws Exception {
    printer.hold();
    printer.say(state);
    DeviceException failure = failure(printing(new TestCall(SHORT))).orElseThrow();
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.inDoubt()).as("the printer gave the job up: %s", failure).isFalse();
    assertThat(device.device().probe(Deadline.after(AMPLE)).cause().orElseThrow().code().is(code))
        .isTrue();
    printer.say(state.replace('+', '-'));
    printer.letGo();
    printer.paper(true);
    demandUsable();
    assertThat(printer.printed()).as("the job that was cancelled").hasSize(1);
  }

  @Test
  void printsOnWhenTheJamIsGone() throws Exception {
    printer.hold();
    printer.say("+media-jam-error");
    TestCall call = new TestCall(AMPLE);
    Future<Printed> printing = printing(call);
    await().until(() -> call.notes().stream().anyMatch(note -> note.contains("stuck")));
    printer.say("-media-jam-error");
    await().until(() -> call.notes().get(call.notes().size() - 1).equals("printing"));
    printer.letGo();
    assertThat(printing.get(30, TimeUnit.SECONDS).state().is(Printed.State.PRINTED)).isTrue();
    assertThat(printer.printed()).hasSize(1);
  }

  @Test
  void printsOnWhenPaperIsPutIntoTheTray() throws Exception {
    printer.paper(false);
    assertThat(device.device().probe(Deadline.after(AMPLE)).cause().orElseThrow().code().text())
        .isEqualTo("OUT_OF_PAPER");
    TestCall call = new TestCall(AMPLE);
    Future<Printed> printing = printing(call);
    await().until(() -> call.notes().stream().anyMatch(note -> note.contains("put in paper")));
    assertThat(printer.printed()).isEmpty();
    printer.paper(true);
    assertThat(printing.get(30, TimeUnit.SECONDS).state().is(Printed.State.PRINTED)).isTrue();
    assertThat(printer.printed()).hasSize(1);
  }

  @Test
  void cannotTellWhetherAJobIsGoneThatThePrinterKeeps() throws Exception {
    printer.paper(false); // as it waits for sheets, ippeveprinter gives no job up
    DeviceException failure = failure(printing(new TestCall(SHORT))).orElseThrow();
    assertThat(failure.code()).isEqualTo(ErrorCode.OUT_OF_PAPER);
    assertThat(failure.inDoubt()).isTrue();
  }

  @Test
  void lowTonerIsToldAndPrintedWith() throws Exception {
    printer.black(3);
    assertThat(device.device().probe(Deadline.after(AMPLE)).supplies())
        .anyMatch(supply -> supply.level().text().equals("LOW"));
    demandUsable();
  }

  @Test
  void aCancelledJobIsGoneAtThePrinter() throws Exception {
    printer.hold();
    TestCall call = new TestCall(AMPLE);
    Future<Printed> printing = printing(call);
    await().until(() -> call.notes().contains("printing"));
    call.cancel();
    DeviceException failure = failure(printing).orElseThrow();
    assertThat(failure.code()).isEqualTo(ErrorCode.STOPPING);
    assertThat(failure.inDoubt()).as("the printer counted no sides").isFalse();
    printer.letGo();
    demandUsable();
    assertThat(printer.printed()).hasSize(1);
  }

  @Test
  void aJobThatThePrinterGivesUpIsAFault() throws Exception {
    printer.abortJobs();
    DeviceException failure = failure(printing(new TestCall(AMPLE))).orElseThrow();
    assertThat(failure.code()).isEqualTo(ErrorCode.DEVICE_FAULT);
    assertThat(failure.inDoubt()).isFalse();
  }

  @Test
  void isCancelledIfNothingHasComeOutWhenTheTimeIsOver() throws Exception {
    printer.hold();
    DeviceException failure = failure(printing(new TestCall(Duration.ofSeconds(8)))).orElseThrow();
    assertThat(failure.code()).isEqualTo(ErrorCode.TIMEOUT);
    assertThat(printer.gaveUp()).isTrue();
    printer.letGo();
    demandUsable();
    assertThat(printer.printed()).hasSize(1);
  }

  @Test
  void isLetComeOutIfItDoesWhenTheTimeIsOver() throws Exception {
    printer.hold();
    printer.counts(1);
    DeviceException failure = failure(printing(new TestCall(Duration.ofSeconds(8)))).orElseThrow();
    assertThat(failure.code()).isEqualTo(ErrorCode.TIMEOUT);
    assertThat(printer.gaveUp()).isFalse();
    printer.letGo();
    await().until(() -> printer.printed().size() == 1);
  }

  @Test
  void aJobBehindAnotherIsCancelledWhenItsTimeIsOver() throws Exception {
    printer.hold();
    printer.counts(1);
    failure(printing(new TestCall(Duration.ofSeconds(8)))); // goes on at the printer
    DeviceException failure = failure(printing(new TestCall(Duration.ofSeconds(8)))).orElseThrow();
    assertThat(failure.code()).isEqualTo(ErrorCode.DEVICE_IN_USE);
    assertThat(failure.inDoubt()).isFalse();
    printer.letGo();
    await().until(() -> printer.printed().size() == 1);
  }

  @Test
  @Timeout(600)
  void unpluggedAgainAndAgainItPrintsWhenItIsBack() throws Exception {
    demandUsable();
    Footprint before = Footprint.now();
    for (int i = 0; i < Unplugging.times(20); i++) {
      printer.hold();
      TestCall call = new TestCall(AMPLE);
      Future<Printed> printing = printing(call);
      await().pollInterval(Duration.ofMillis(5)).until(() -> call.notes().contains("printing"));
      printer.unplug();
      long begin = System.nanoTime();
      assertThat(failure(printing).orElseThrow().code())
          .isIn(ErrorCode.DISCONNECTED, ErrorCode.NOT_CONNECTED);
      assertThat(System.nanoTime() - begin).isLessThan(Duration.ofSeconds(15).toNanos());
      assertThat(failure(printing(new TestCall(AMPLE))).orElseThrow().code())
          .isEqualTo(ErrorCode.NOT_CONNECTED);
      printer.letGo();
      printer.plugIn();
    }
    demandUsable();
    Footprint.awaitNoMoreThan(before);
  }

  @Test
  void closedUnderItByTheLaneItEnds() throws Exception {
    printer.hold();
    TestCall call = new TestCall(AMPLE);
    Future<Printed> printing = printing(call);
    await().until(() -> call.notes().contains("printing"));
    device.closeWires();
    assertThat(failure(printing).orElseThrow().code()).isEqualTo(ErrorCode.DISCONNECTED);
    printer.letGo();
  }

  @Test
  void aLockedPdfIsRefusedBeforeThePrinterHearsOfIt() throws Exception {
    TestCall call = new TestCall(AMPLE);
    Future<Printed> printing =
        lane.submit(
            (Callable<Printed>)
                () ->
                    device.run(
                        PrintDocument.plain(
                            Content.of("application/pdf", Documents.lockedPdf("geheim"))),
                        call));
    assertThat(failure(printing).orElseThrow().code()).isEqualTo(ErrorCode.BAD_DOCUMENT);
    assertThat(call.acts()).isZero();
  }
}
