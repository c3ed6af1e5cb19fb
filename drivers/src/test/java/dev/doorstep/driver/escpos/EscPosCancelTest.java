package dev.doorstep.driver.escpos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.LocalDevice;
import dev.doorstep.driver.TestCall;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.PrintTicket;
import dev.doorstep.protocol.operation.Printed;
import dev.doorstep.protocol.operation.TicketLine;
import dev.doorstep.simulator.device.EscPosPrinter;
import dev.doorstep.simulator.device.FaultyDevice;
import dev.doorstep.simulator.device.Paper;
import dev.doorstep.simulator.device.TcpWire;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client cancels a ticket, in every phase of its life. */
class EscPosCancelTest {
  /** Long enough to go out in several pieces. */
  private static final PrintTicket TICKET =
      new PrintTicket(
          Collections.nCopies(40, TicketLine.text("石门二路居委会 A042")), PrintTicket.Cut.FULL);

  private static final Duration TIME = Duration.ofSeconds(10);

  private final EscPosPrinter printer = new EscPosPrinter();
  private final FaultyDevice faulty = new FaultyDevice(printer);
  private final TcpWire wire = TcpWire.serve(faulty, 0);

  @AfterEach
  void close() {
    wire.close();
  }

  @Test
  void beforeItsFirstByteNothingIsPrintedAndTheNextTicketIsWhole() throws DeviceException {
    try (LocalDevice device = open("epson-tm")) {
      DeviceException stopped = stopped(device, new TestCall(TIME).cancelledAfterActing(0));
      assertThat(stopped.inDoubt()).isFalse();
      assertThat(printer.tickets()).isEmpty();
      demandNext(device, 1);
    }
  }

  @Test
  void inTheMiddleTheRestIsForgottenAndWhatCameOutIsCutOff() throws DeviceException {
    try (LocalDevice device = open("epson-tm")) {
      DeviceException stopped = stopped(device, new TestCall(TIME).cancelledAfterActing(2));
      assertThat(stopped.inDoubt()).isTrue();
      assertThat(printer.tickets()).hasSize(1);
      demandNext(device, 2);
      int cutOff = printer.tickets().get(0).image().getHeight();
      assertThat(cutOff).isLessThan(printer.tickets().get(1).image().getHeight());
    }
  }

  @Test
  void oneThatWaitsForPaperIsForgottenToo() throws DeviceException {
    try (LocalDevice device = open("epson-tm")) {
      faulty.fault(PrinterFaults.whenTheJobArrives(() -> printer.paper(Paper.END)));
      DeviceException stopped = stopped(device, new TestCall(TIME).cancelledAfterActing(3));
      assertThat(stopped.inDoubt()).isTrue();
    }
    faulty.clear();
    printer.paper(Paper.OK);
    int before = printer.tickets().size();
    try (LocalDevice device = open("epson-tm")) {
      demandNext(device, before + 1);
    }
  }

  @Test
  void aPrinterThatCannotForgetGetsTheWholeTicketAndItsEndIsInDoubt() throws DeviceException {
    try (LocalDevice device = open("kiosk-presenter")) {
      DeviceException stopped = stopped(device, new TestCall(TIME).cancelledAfterActing(1));
      assertThat(stopped.inDoubt()).isTrue();
      DeviceException gone =
          catchThrowableOfType(
              DeviceException.class, () -> device.device().idle(Deadline.after(TIME)));
      assertThat(gone.code()).isEqualTo(ErrorCode.DISCONNECTED); // the lane opens it anew
    }
    try (LocalDevice device = open("kiosk-presenter")) {
      demandNext(device, 2);
    }
  }

  private void demandNext(LocalDevice device, int tickets) throws DeviceException {
    assertThat(device.device().probe(Deadline.after(TIME)).cause()).isEmpty();
    assertThat(device.run(TICKET).state().is(Printed.State.PRINTED)).isTrue();
    assertThat(printer.tickets()).hasSize(tickets);
  }

  private static DeviceException stopped(LocalDevice device, TestCall call) {
    DeviceException stopped =
        catchThrowableOfType(DeviceException.class, () -> device.run(TICKET, call));
    assertThat(stopped).isNotNull();
    assertThat(stopped.code()).isEqualTo(ErrorCode.STOPPING);
    assertThat(call.acts()).isEqualTo(1);
    return stopped;
  }

  private LocalDevice open(String model) throws DeviceException {
    return LocalDevice.open(
        new EscPosDriver(), "tcp:127.0.0.1:" + wire.port(), Map.of("model", model));
  }
}
