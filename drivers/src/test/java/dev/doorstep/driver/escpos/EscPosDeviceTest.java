package dev.doorstep.driver.escpos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceHealth;
import dev.doorstep.driver.LocalDevice;
import dev.doorstep.driver.Subject;
import dev.doorstep.driver.TestCall;
import dev.doorstep.protocol.DeviceStatus.Layer;
import dev.doorstep.protocol.DeviceStatus.Supply;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.operation.PrintTicket;
import dev.doorstep.protocol.operation.Printed;
import dev.doorstep.protocol.operation.TicketLine;
import dev.doorstep.simulator.device.EscPosPrinter;
import dev.doorstep.simulator.device.Fault;
import dev.doorstep.simulator.device.FaultyDevice;
import dev.doorstep.simulator.device.Paper;
import dev.doorstep.simulator.device.TcpWire;
import dev.doorstep.simulator.device.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EscPosDeviceTest {
  private static final PrintTicket TICKET =
      new PrintTicket(
          List.of(
              TicketLine.text("石门二路居委会", TicketLine.Align.CENTER, 2),
              TicketLine.qr("https://example.org/A042")),
          PrintTicket.Cut.PARTIAL);

  private final EscPosPrinter printer = new EscPosPrinter();
  private final FaultyDevice faulty = new FaultyDevice(printer);
  private final TcpWire wire = TcpWire.serve(faulty, 0);

  @AfterEach
  void close() {
    wire.close();
  }

  static Stream<Arguments> obstacles() {
    return Stream.of(
        obstacle(ErrorCode.OUT_OF_PAPER, Layer.SUPPLY, p -> p.paper(Paper.END)),
        obstacle(ErrorCode.COVER_OPEN, Layer.DEVICE, p -> p.coverOpen(true)),
        obstacle(ErrorCode.CUTTER_FAULT, Layer.DEVICE, p -> p.cutterError(true)));
  }

  @Test
  void printsATicketAndSaysThatItIsPrinted() throws DeviceException {
    try (LocalDevice device = open("epson-tm")) {
      TestCall call = new TestCall(Duration.ofSeconds(5));
      assertThat(device.run(TICKET, call).state().is(Printed.State.PRINTED)).isTrue();
      assertThat(call.acts()).isEqualTo(1);
    }
    assertThat(printer.tickets()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("obstacles")
  void whatStandsInTheWayIsToldBeforeAnythingIsPrinted(
      ErrorCode code, Layer layer, Consumer<EscPosPrinter> happens) throws DeviceException {
    try (LocalDevice device = open("epson-tm")) {
      happens.accept(printer);
      TestCall call = new TestCall(Duration.ofSeconds(5));
      demand(code, "before printing", () -> device.run(TICKET, call));
      assertThat(call.acts()).isZero();
      demandTold(device, code, layer);
    }
    assertThat(printer.tickets()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("obstacles")
  void whatComesInTheMiddleIsToldAndForgotten(
      ErrorCode code, Layer layer, Consumer<EscPosPrinter> happens) throws DeviceException {
    try (LocalDevice device = open("epson-tm")) {
      faulty.fault(PrinterFaults.whenTheJobArrives(() -> happens.accept(printer)));
      TestCall call = new TestCall(Duration.ofSeconds(5));
      assertThat(demand(code, "while it printed", () -> device.run(TICKET, call)).inDoubt())
          .isFalse();
      assertThat(call.acts()).isEqualTo(1);
      demandGivenUp(device);
    }
    try (LocalDevice again = open("epson-tm")) {
      demandTold(again, code, layer);
    }
    demandTicketsAfterTheNext(1, "epson-tm");
  }

  @ParameterizedTest
  @ValueSource(strings = {"epson-tm", "kiosk-presenter"})
  void whatIsNotKnownToBeForgottenIsInDoubt(String model) throws DeviceException {
    try (LocalDevice device = open(model)) {
      faulty.fault(
          PrinterFaults.whenTheJobArrives(() -> printer.paper(Paper.END)),
          PrinterFaults.deafTo("10 14 08"));
      assertThat(
              demand(ErrorCode.OUT_OF_PAPER, "while it printed", () -> device.run(TICKET))
                  .inDoubt())
          .isTrue();
      demandGivenUp(device);
    }
    demandTicketsAfterTheNext(2, model);
  }

  @ParameterizedTest
  @ValueSource(strings = {"18 00 0c 00", "00", "0c"})
  void noOtherByteIsTakenForTheEndOfAPrint(String bytes) throws DeviceException {
    try (LocalDevice device = open("epson-tm")) {
      faulty.fault(
          PrinterFaults.whenTheJobArrives(() -> printer.paper(Paper.END)),
          PrinterFaults.saysBefore("1d 72 01", bytes));
      demand(ErrorCode.OUT_OF_PAPER, "", () -> device.run(TICKET));
    }
  }

  @Test
  void paperThatEndsWithTheTicketLeavesItInDoubt() throws DeviceException {
    try (LocalDevice device = open("epson-tm")) {
      device.run(TICKET);
      faulty.fault(PrinterFaults.answers(0x00, () -> printer.paper(Paper.END)));
      assertThat(
              demand(ErrorCode.OUT_OF_PAPER, "after it printed", () -> device.run(TICKET))
                  .inDoubt())
          .isTrue();
    }
    assertThat(printer.tickets()).hasSize(2);
  }

  @Test
  void anAnswerToAnEarlierTicketIsNotTakenForOneToThis() throws DeviceException {
    try (LocalDevice device = open("epson-tm")) {
      faulty.fault(PrinterFaults.withOneMoreAnswer(), PrinterFaults.silentOnceTheJobArrives());
      TestCall call = new TestCall(Duration.ofSeconds(2));
      demand(ErrorCode.TIMEOUT, "", () -> device.run(TICKET, call));
      assertThat(call.acts()).isEqualTo(1);
      demandGivenUp(device);
    }
  }

  @Test
  void aPrinterThatIsTooBusyToAnswerIsWaitedFor() throws DeviceException {
    PrinterFaults.Busy busy = new PrinterFaults.Busy();
    try (LocalDevice device = open("epson-tm")) {
      device.run(TICKET);
      faulty.fault(busy);
      CompletableFuture<Boolean> printed =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  TestCall call = new TestCall(Duration.ofSeconds(20));
                  return device.run(TICKET, call).state().is(Printed.State.PRINTED);
                } catch (DeviceException e) {
                  throw new IllegalStateException(e);
                }
              });
      await().during(Duration.ofSeconds(3)).until(() -> !printed.isDone());
      busy.end();
      assertThat(printed).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(true);
    }
  }

  @Test
  void paperThatNearsItsEndIsToldAndStillPrintedOn() throws DeviceException {
    printer.paper(Paper.NEAR_END);
    try (LocalDevice device = open("epson-tm")) {
      DeviceHealth health = device.device().probe(Deadline.after(Duration.ofSeconds(2)));
      assertThat(health.cause()).isEmpty();
      assertThat(health.supplies())
          .singleElement()
          .satisfies(paper -> assertThat(paper.level().is(Supply.Level.LOW)).isTrue());
      assertThat(device.run(TICKET).state().is(Printed.State.PRINTED)).isTrue();
    }
  }

  @Test
  void paperThatNearsItsEndIsAnEventOnceUntilThereIsMore() throws DeviceException {
    List<Object> told = new ArrayList<>();
    try (LocalDevice device =
        LocalDevice.open(
            new EscPosDriver(),
            "tcp:127.0.0.1:" + wire.port(),
            Map.of(),
            (event, subject, data) -> {
              assertThat(event).isEqualTo("paper.low");
              assertThat(subject).isEqualTo(Subject.DEVICE);
              told.add(data);
            })) {
      for (Paper paper :
          List.of(Paper.OK, Paper.NEAR_END, Paper.NEAR_END, Paper.END, Paper.NEAR_END)) {
        printer.paper(paper);
        device.device().probe(Deadline.after(Duration.ofSeconds(2)));
        device.device().idle(Deadline.after(Duration.ofSeconds(2)));
      }
      assertThat(told).containsExactly(new Supply("paper", OpenEnum.of(Supply.Level.LOW)));
      printer.paper(Paper.OK);
      device.device().probe(Deadline.after(Duration.ofSeconds(2)));
      printer.paper(Paper.NEAR_END);
      device.run(TICKET);
      device.device().idle(Deadline.after(Duration.ofSeconds(2)));
      assertThat(told).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1d 28 6b ff 10 31 50 30", "1d 76 30 00 48 00 40 00 ff ff"})
  void aJobThatWasInterruptedInTheMiddleOfACommandSwallowsNothing(String half)
      throws DeviceException {
    try (LocalDevice device = open("epson-tm")) {
      AtomicBoolean done = new AtomicBoolean();
      faulty.fault(
          new Fault() {
            @Override
            public boolean admits(byte[] request, Wire line) {
              if (!done.getAndSet(true)) {
                printer.received(PrinterFaults.bytes(half), line);
              }
              return true;
            }
          });
      assertThat(device.run(TICKET).state().is(Printed.State.PRINTED)).isTrue();
    }
    assertThat(printer.tickets())
        .singleElement()
        .satisfies(t -> assertThat(t.text()).contains("石门二路"));
  }

  @Test
  void aModelWithoutStatusIsUnverifiableAndNeverWaitsForAnAnswer() throws DeviceException {
    faulty.fault(Fault.cut(0));
    try (LocalDevice device = open("write-only")) {
      assertThat(device.device().probe(Deadline.after(Duration.ofSeconds(2))))
          .isEqualTo(DeviceHealth.GOOD);
      assertThat(device.run(TICKET).state().is(Printed.State.UNVERIFIABLE)).isTrue();
    }
  }

  @Test
  void aPrinterThatDoesNotSayThatItIsDoneIsATimeout() throws DeviceException {
    try (LocalDevice device = open("epson-tm")) {
      device.run(TICKET);
      faulty.fault(PrinterFaults.deafTo("1d 72 01"));
      TestCall call = new TestCall(Duration.ofSeconds(2));
      demand(ErrorCode.TIMEOUT, "", () -> device.run(TICKET, call));
      assertThat(call.acts()).isEqualTo(1);
      demandGivenUp(device);
    }
  }

  @Test
  void aPrinterThatNeverSaysSoIsNotBegunWith() throws DeviceException {
    try (LocalDevice device = open("epson-tm")) {
      faulty.fault(PrinterFaults.deafTo("1d 72 01"));
      TestCall call = new TestCall(Duration.ofSeconds(2));
      demand(ErrorCode.TIMEOUT, "", () -> device.run(TICKET, call));
      assertThat(call.acts()).isZero();
    }
  }

  @Test
  void textThatTheModelCannotExpressIsRefusedBeforeAnythingIsPrinted() throws DeviceException {
    PrintTicket ticket =
        new PrintTicket(List.of(TicketLine.text("好"), TicketLine.text("😀")), PrintTicket.Cut.FULL);
    try (LocalDevice device = open("kiosk-presenter")) {
      TestCall call = new TestCall(Duration.ofSeconds(5));
      demand(
          ErrorCode.INVALID_PARAMETERS, "parameters.lines[1].text", () -> device.run(ticket, call));
      assertThat(call.acts()).isZero();
    }
  }

  @Test
  void aQrCodeThatThePrinterWouldObeyIsRefused() throws DeviceException {
    PrintTicket ticket =
        new PrintTicket(List.of(TicketLine.qr("\u0010\u0004\u0001")), PrintTicket.Cut.FULL);
    try (LocalDevice device = open("epson-tm")) {
      demand(ErrorCode.INVALID_PARAMETERS, "parameters.lines[0].qr", () -> device.run(ticket));
    }
  }

  @Test
  void anUnknownModelNamesThoseThereAre() {
    demand(
        ErrorCode.UNSUPPORTED,
        "epson-tm, kiosk-presenter, narrow-58, write-only",
        () -> open("typewriter"));
  }

  @Test
  void severalTicketsGoOverOneConnection() throws DeviceException {
    try (LocalDevice device = open("epson-tm")) {
      for (int i = 0; i < 5; i++) {
        assertThat(device.run(TICKET).state().is(Printed.State.PRINTED)).isTrue();
      }
    }
    assertThat(printer.tickets()).hasSize(5);
  }

  private static Arguments obstacle(ErrorCode code, Layer layer, Consumer<EscPosPrinter> happens) {
    return Arguments.of(code, layer, happens);
  }

  private static void demandTold(LocalDevice device, ErrorCode code, Layer layer)
      throws DeviceException {
    DeviceHealth health = device.device().probe(Deadline.after(Duration.ofSeconds(2)));
    assertThat(health.cause().orElseThrow().code().is(code)).isTrue();
    assertThat(health.cause().orElseThrow().layer().is(layer)).isTrue();
  }

  private void demandTicketsAfterTheNext(int tickets, String model) throws DeviceException {
    faulty.clear();
    printer.paper(Paper.OK);
    printer.coverOpen(false);
    printer.cutterError(false);
    try (LocalDevice device = open(model)) {
      assertThat(device.run(TICKET).state().is(Printed.State.PRINTED)).isTrue();
    }
    assertThat(printer.tickets()).hasSize(tickets);
  }

  private static void demandGivenUp(LocalDevice device) {
    TestCall next = new TestCall(Duration.ofSeconds(2));
    demand(ErrorCode.DISCONNECTED, "", () -> device.run(TICKET, next));
    assertThat(next.acts()).isZero();
    demand(
        ErrorCode.DISCONNECTED,
        "",
        () -> device.device().idle(Deadline.after(Duration.ofSeconds(1))));
  }

  private static DeviceException demand(ErrorCode code, String detail, ThrowingCallable call) {
    DeviceException thrown = catchThrowableOfType(DeviceException.class, call);
    assertThat(thrown).isNotNull().hasMessageContaining(detail);
    assertThat(thrown.code()).isEqualTo(code);
    return thrown;
  }

  private LocalDevice open(String model) throws DeviceException {
    return LocalDevice.open(
        new EscPosDriver(), "tcp:127.0.0.1:" + wire.port(), Map.of("model", model));
  }
}
