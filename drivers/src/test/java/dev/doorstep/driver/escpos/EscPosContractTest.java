package dev.doorstep.driver.escpos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.driver.DriverContract;
import dev.doorstep.driver.Sample;
import dev.doorstep.driver.SimulatedDevice;
import dev.doorstep.protocol.operation.PrintTicket;
import dev.doorstep.protocol.operation.Printed;
import dev.doorstep.protocol.operation.TicketLine;
import dev.doorstep.simulator.device.EscPosPrinter;
import dev.doorstep.simulator.device.TcpWire;
import java.util.List;
import java.util.Optional;

class EscPosContractTest extends DriverContract {
  EscPosContractTest() {
    super(new EscPosDriver(), "tcp:127.0.0.1:%d");
  }

  @Override
  protected SimulatedDevice start() {
    TcpWire wire = TcpWire.serve(new EscPosPrinter(), 0);
    return SimulatedDevice.of(wire::port, () -> {}, wire::close);
  }

  @Override
  protected List<Sample<?, ?>> samples() {
    PrintTicket ticket =
        new PrintTicket(
            List.of(TicketLine.text("石门二路 A042"), TicketLine.qr("A042")), PrintTicket.Cut.FULL);
    return List.of(
        Sample.of(
            ticket, printed -> assertThat(printed.state().is(Printed.State.PRINTED)).isTrue()));
  }

  @Override
  protected Optional<String> harmlessNoise() {
    return Optional.of("ff 90 80");
  }
}
