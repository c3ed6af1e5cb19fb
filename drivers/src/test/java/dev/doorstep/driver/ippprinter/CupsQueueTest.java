package dev.doorstep.driver.ippprinter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.LocalDevice;
import dev.doorstep.driver.TestCall;
import dev.doorstep.driver.paper.Documents;
import dev.doorstep.driver.realprinter.CupsServer;
import dev.doorstep.driver.realprinter.EvePrinter;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.operation.PrintDocument;
import dev.doorstep.protocol.operation.PrintDocument.Duplex;
import dev.doorstep.protocol.operation.Printed;
import dev.doorstep.simulator.testing.RealComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Prints on queues of a CUPS: one that ends in a file, one with a printer of IPP behind it. */
@RealComponent("cupsd")
@RealComponent("ippeveprinter")
@RealComponent("dbus-daemon")
@Timeout(120)
class CupsQueueTest {
  private static final Duration AMPLE = Duration.ofSeconds(40);
  private static final Duration SHORT = Duration.ofSeconds(12);

  @TempDir Path folder;
  private EvePrinter printer;
  private CupsServer cups;

  @BeforeEach
  void start() {
    printer = EvePrinter.start(folder, "application/pdf,image/pwg-raster,image/jpeg", "-2");
    cups = CupsServer.start().addFile("file").add("eve", printer);
  }

  @AfterEach
  void close() {
    cups.close();
    printer.close();
  }

  private Printed print(String queue, PrintDocument document, TestCall call)
      throws DeviceException {
    try (LocalDevice device = LocalDevice.open(new IppPrinterDriver(), cups.connection(queue))) {
      return device.run(document, call);
    }
  }

  private CompletableFuture<Object> printing(String queue, PrintDocument document, TestCall call) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return print(queue, document, call);
          } catch (DeviceException e) {
            return e;
          }
        });
  }

  private DeviceException failure(String queue, PrintDocument document, Duration time) {
    DeviceException failure =
        catchThrowableOfType(
            DeviceException.class, () -> print(queue, document, new TestCall(time)));
    assertThat(failure).isNotNull();
    return failure;
  }

  private static PrintDocument document(int pages) {
    return PrintDocument.plain(Content.of("application/pdf", Documents.pdf(pages)));
  }

  private static PrintDocument duplex(int pages, String media) {
    return new PrintDocument(
        Content.of("application/pdf", Documents.pdf(pages)),
        Optional.empty(),
        Duplex.LONG_EDGE,
        Optional.of(media),
        Optional.of("2-4"),
        Optional.empty());
  }

  @Test
  void aQueueThatEndsInAFileHasSpooled() throws Exception {
    Printed printed = print("file", duplex(5, "iso_a4_210x297mm"), new TestCall(AMPLE));
    assertThat(printed).isEqualTo(new Printed(OpenEnum.of(Printed.State.SPOOLED), Optional.of(3)));
    assertThat(Documents.pages(cups.printed("file"))).isEqualTo(3);
    assertThat(failure("file", duplex(5, "iso_a3_297x420mm"), AMPLE).code())
        .isEqualTo(ErrorCode.UNSUPPORTED);
  }

  @Test
  void chineseTextAndPicturesArriveAsPages() throws Exception {
    byte[] text = "石门二路居委会服务点\n居住证明\n".getBytes(StandardCharsets.UTF_8);
    print("file", PrintDocument.plain(Content.of("text/plain", text)), new TestCall(AMPLE));
    assertThat(Documents.pages(cups.printed("file"))).isEqualTo(1);
    byte[] picture = Documents.picture("png", 300, 200);
    print("file", PrintDocument.plain(Content.of("image/png", picture)), new TestCall(AMPLE));
    assertThat(Documents.pages(cups.printed("file"))).isEqualTo(1);
  }

  @Test
  void aQueueWithAPrinterOfIppBehindItHasPrinted() throws Exception {
    Printed printed = print("eve", duplex(5, "iso_a4_210x297mm"), new TestCall(AMPLE));
    assertThat(printed.state().is(Printed.State.PRINTED)).isTrue();
    assertThat(printer.lastJob()).contains("IPP_SIDES=two-sided-long-edge\n");
    assertThat(Documents.pages(printer.onlyDocument())).isEqualTo(3);
  }

  @Test
  void itsPaperAndTonerAreToldThroughTheQueue() throws Exception {
    printer.paper(false);
    TestCall call = new TestCall(AMPLE);
    CompletableFuture<Object> printing = printing("eve", document(1), call);
    await()
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> call.notes().stream().anyMatch(note -> note.contains("put in paper")));
    printer.paper(true);
    assertThat(printing.get(40, TimeUnit.SECONDS)).isInstanceOf(Printed.class);
    printer.hold();
    printer.say("+toner-low-warning");
    TestCall second = new TestCall(AMPLE);
    CompletableFuture<Object> next = printing("eve", document(1), second);
    await()
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> second.notes().stream().anyMatch(note -> note.contains("toner")));
    printer.letGo();
    assertThat(next.get(40, TimeUnit.SECONDS)).isInstanceOf(Printed.class);
  }

  @Test
  void aJamThroughTheQueueIsCancelledWhenTheTimeIsOver() throws Exception {
    printer.hold();
    printer.say("+media-jam-error");
    DeviceException failure = failure("eve", document(1), SHORT);
    assertThat(failure.code()).isEqualTo(ErrorCode.PAPER_JAM);
    assertThat(failure.inDoubt()).as("the queue cannot tell of the printer").isTrue();
    await().atMost(20, TimeUnit.SECONDS).until(printer::gaveUp);
    printer.say("-media-jam-error");
    printer.letGo();
    print("eve", document(2), new TestCall(AMPLE));
    assertThat(printer.printed()).hasSize(1);
  }

  @Test
  void aJobForAPrinterThatIsGoneDoesNotComeOutLater() throws Exception {
    printer.unplug();
    DeviceException failure = failure("eve", document(1), SHORT);
    assertThat(failure.code()).isEqualTo(ErrorCode.TIMEOUT); // CUPS says so in words alone
    printer.plugIn();
    await()
        .atMost(40, TimeUnit.SECONDS)
        .untilAsserted(() -> print("eve", document(1), new TestCall(AMPLE)));
    assertThat(printer.printed()).hasSize(1);
  }

  @Test
  void aPausedQueueIsWaitedForWithNothingSent() throws Exception {
    cups.pause("file");
    TestCall lost = new TestCall(Duration.ofSeconds(3));
    DeviceException failure =
        catchThrowableOfType(DeviceException.class, () -> print("file", document(1), lost));
    assertThat(failure.code()).isEqualTo(ErrorCode.DEVICE_FAULT);
    assertThat(lost.acts()).isZero();
    TestCall call = new TestCall(AMPLE);
    CompletableFuture<Object> printing = printing("file", document(3), call);
    await().until(() -> !call.notes().isEmpty());
    cups.resume("file");
    assertThat(printing.get(40, TimeUnit.SECONDS)).isInstanceOf(Printed.class);
    assertThat(Documents.pages(cups.printed("file"))).isEqualTo(3);
  }

  @Test
  void aCancelledJobIsGoneFromTheQueue() throws Exception {
    printer.hold();
    TestCall call = new TestCall(AMPLE);
    CompletableFuture<Object> printing = printing("eve", document(1), call);
    await().atMost(20, TimeUnit.SECONDS).until(() -> call.notes().contains("printing"));
    call.cancel();
    assertThat(printing.get(20, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            DeviceException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.STOPPING);
              assertThat(e.inDoubt()).isTrue();
            });
    await().atMost(20, TimeUnit.SECONDS).until(printer::gaveUp);
    printer.letGo();
    print("eve", document(1), new TestCall(AMPLE));
    assertThat(printer.printed()).hasSize(1);
  }

  @Test
  void aQueueThatIsNotThereIsNotConnected() {
    assertThat(failure("none", document(1), AMPLE).code()).isEqualTo(ErrorCode.NOT_CONNECTED);
  }
}
