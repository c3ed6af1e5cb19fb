package dev.doorstep.driver.ippprinter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.LocalDevice;
import dev.doorstep.driver.TestCall;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.PrintDocument;
import dev.doorstep.protocol.operation.Printed;
import dev.doorstep.simulator.device.TcpWire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Printers that answer what is no answer. */
class BadPrinterTest {
  private static byte[] http(int status, String body) {
    return ("HTTP/1.1 " + status + " X\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] ipp(int status) {
    byte[] packet = new CannedPrinter.Packet().end();
    packet[2] = (byte) (status >> 8);
    packet[3] = (byte) status;
    return http(200, new String(packet, StandardCharsets.ISO_8859_1));
  }

  private static byte[] deep() {
    CannedPrinter.Packet packet = new CannedPrinter.Packet();
    packet.group(4).value(0x34, "a", new byte[0]);
    for (int i = 0; i < 20_000; i++) {
      packet.value(0x34, "", new byte[0]);
    }
    return http(200, new String(packet.end(), StandardCharsets.ISO_8859_1));
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of(
            "noise",
            "\u0000\u00ff\r\n\r\n".repeat(50).getBytes(StandardCharsets.ISO_8859_1),
            "GARBLED"),
        Arguments.of("a web page", http(200, "<html></html>"), "GARBLED"),
        Arguments.of("nothing", http(200, ""), "GARBLED"),
        Arguments.of(
            "no state",
            http(200, new String(new CannedPrinter.Packet().end(), StandardCharsets.ISO_8859_1)),
            "GARBLED"),
        Arguments.of("collections without end", deep(), "GARBLED"),
        Arguments.of("too long", http(200, "x".repeat((1 << 20) + 1)), "GARBLED"),
        Arguments.of("a password", http(401, ""), "ACCESS_DENIED"),
        Arguments.of("encryption", http(426, ""), "ACCESS_DENIED"),
        Arguments.of("no such page", http(404, ""), "NOT_CONNECTED"),
        Arguments.of("busy", http(503, ""), "DEVICE_IN_USE"),
        Arguments.of("a fault", http(500, ""), "DEVICE_FAULT"),
        Arguments.of("not for us", ipp(0x0403), "ACCESS_DENIED"),
        Arguments.of("not signed in", ipp(0x0402), "ACCESS_DENIED"),
        Arguments.of("its own time-out", ipp(0x0405), "TIMEOUT"),
        Arguments.of("no such printer", ipp(0x0406), "NOT_CONNECTED"),
        Arguments.of("too large", http(413, ""), "DOCUMENT_TOO_LARGE"),
        Arguments.of("too large for IPP", ipp(0x0408), "DOCUMENT_TOO_LARGE"),
        Arguments.of("another form", ipp(0x040A), "UNSUPPORTED"),
        Arguments.of("attributes that it has not", ipp(0x040B), "UNSUPPORTED"),
        Arguments.of("a job as it cannot do", ipp(0x040E), "UNSUPPORTED"),
        Arguments.of("compression", ipp(0x040F), "BAD_DOCUMENT"),
        Arguments.of("an operation that it has not", ipp(0x0501), "UNSUPPORTED"),
        Arguments.of("takes no jobs", ipp(0x0506), "DEVICE_FAULT"),
        Arguments.of("its own fault", ipp(0x0504), "DEVICE_FAULT"),
        Arguments.of("others first", ipp(0x0507), "DEVICE_IN_USE"));
  }

  private static DeviceException failure(Function<byte[], byte[]> made) {
    TcpWire wire = TcpWire.serve(new CannedPrinter(made), 0);
    try {
      DeviceException failure =
          catchThrowableOfType(
              DeviceException.class,
              () ->
                  LocalDevice.open(
                          new IppPrinterDriver(), "ipp://127.0.0.1:" + wire.port() + "/ipp/print")
                      .close());
      assertThat(failure).isNotNull();
      return failure;
    } finally {
      wire.close();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void isTold(String what, byte[] answer, ErrorCode code) {
    DeviceException failure = failure(whole -> answer);
    assertThat(failure.code()).as("%s: %s", what, failure.getMessage()).isEqualTo(code);
    assertThat(failure.getMessage()).hasSizeLessThan(300);
  }

  private static final PrintDocument TEXT =
      PrintDocument.plain(
          Content.of("text/plain", "Notice 42\n".getBytes(StandardCharsets.US_ASCII)));

  /** Prints at a printer that answers so when it is asked how the job goes. */
  private static Printed print(Function<byte[], byte[]> aboutTheJob, TestCall call)
      throws DeviceException {
    Function<byte[], byte[]> made =
        answer ->
            new String(answer, StandardCharsets.ISO_8859_1).contains("job-state-reasons")
                ? aboutTheJob.apply(answer)
                : answer;
    try (TcpWire wire = TcpWire.serve(new CannedPrinter(made), 0);
        LocalDevice device =
            LocalDevice.open(
                new IppPrinterDriver(), "ipp://127.0.0.1:" + wire.port() + "/ipp/print")) {
      return device.run(TEXT, call);
    }
  }

  @Test
  void aPrintGoesOnThoughAnAnswerAboutItDoesNotCome() throws Exception {
    AtomicInteger busy = new AtomicInteger(2);
    Printed printed =
        print(
            answer -> busy.getAndDecrement() > 0 ? http(503, "") : answer,
            new TestCall(Duration.ofSeconds(20)));
    assertThat(printed.state().is(Printed.State.PRINTED)).isTrue();
  }

  @Test
  void aPrintOfWhichNothingIsHeardAnyMoreIsInDoubt() {
    DeviceException failure =
        catchThrowableOfType(
            DeviceException.class,
            () -> print(answer -> http(503, ""), new TestCall(Duration.ofSeconds(20))));
    assertThat(failure.code()).isEqualTo(ErrorCode.DEVICE_IN_USE);
    assertThat(failure.inDoubt()).isTrue();
  }

  /** It was processing, and counts no sides: a cancelled job may have come out. */
  @Test
  void aCancelledPrintThatHadBegunIsInDoubtWhereNobodyCounts() {
    byte[] name = "job-state".getBytes(StandardCharsets.US_ASCII);
    TestCall call = new TestCall(Duration.ofSeconds(20));
    DeviceException failure =
        catchThrowableOfType(
            DeviceException.class,
            () ->
                print(
                    answer -> {
                      int value = at(answer, name) + name.length + 5;
                      if (answer[value] == 9) { // completed: not yet
                        answer[value] = 5;
                        call.cancel();
                      }
                      return answer;
                    },
                    call));
    assertThat(failure.code()).isEqualTo(ErrorCode.STOPPING);
    assertThat(failure.inDoubt()).isTrue();
  }

  private static int at(byte[] answer, byte[] name) {
    return new String(answer, StandardCharsets.ISO_8859_1)
        .indexOf(new String(name, StandardCharsets.ISO_8859_1));
  }

  @Test
  void anAnswerWithoutEndIsStopped() {
    byte[] endless = new byte[4 << 20];
    Arrays.fill(endless, (byte) 'x');
    byte[] head = "HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(head, 0, endless, 0, head.length);
    assertThat(failure(whole -> endless).code()).isEqualTo(ErrorCode.GARBLED);
  }

  /** Whatever comes is an answer or garbled, and small in any case. */
  @MethodSource("packets")
  @FuzzTest
  void packet(byte[] bytes) {
    try {
      IppAnswer answer = IppAnswer.parse(bytes);
      PrinterDescription printer = new PrinterDescription(answer.printer());
      assertThat(printer.health(java.util.Locale.ENGLISH).supplies()).hasSizeLessThan(40);
      assertThat(printer.formats().size()).isLessThan(bytes.length);
      JobProgress.of(answer.job());
    } catch (DeviceException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.GARBLED);
      assertThat(e.getMessage()).hasSizeLessThan(256);
    }
  }

  static Stream<byte[]> packets() {
    CannedPrinter printer = new CannedPrinter();
    return Stream.of(printer.answer(0x0B), printer.answer(0x09), printer.answer(0x05), new byte[9]);
  }
}
