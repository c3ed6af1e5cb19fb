package dev.doorstep.driver.escpos;

import dev.doorstep.driver.LocalDevice;
import dev.doorstep.driver.PseudoTerminals;
import dev.doorstep.driver.TestCall;
import dev.doorstep.driver.Unplugging;
import dev.doorstep.protocol.operation.PrintTicket;
import dev.doorstep.protocol.operation.TicketLine;
import dev.doorstep.simulator.device.Cable;
import dev.doorstep.simulator.device.EscPosPrinter;
import dev.doorstep.simulator.device.FaultyDevice;
import dev.doorstep.simulator.device.PtyWire;
import dev.doorstep.simulator.device.TcpWire;
import dev.doorstep.simulator.testing.RealComponent;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
@PseudoTerminals
class UnpluggedPrinterTest {
  private static final PrintTicket TICKET =
      new PrintTicket(List.of(TicketLine.text("A042")), PrintTicket.Cut.FULL);

  private final FaultyDevice faulty = new FaultyDevice(new EscPosPrinter());

  @Test
  void againAndAgainOnTcp() throws Exception {
    try (TcpWire wire = TcpWire.serve(faulty, 0)) {
      demand("tcp:127.0.0.1:" + wire.port(), wire);
    }
  }

  @Test
  @RealComponent("socat")
  void againAndAgainOnASerialLine(@TempDir Path folder) throws Exception {
    try (PtyWire wire = PtyWire.serve(faulty, folder.resolve("printer"))) {
      demand("serial:" + wire.path(), wire);
    }
  }

  private void demand(String connection, Cable cable) throws Exception {
    new Unplugging(
            () -> {
              faulty.fault(PrinterFaults.silentOnceTheJobArrives());
              return LocalDevice.open(new EscPosDriver(), connection);
            },
            cable)
        .demand(Unplugging.times(20), TICKET, (TestCall call) -> call.acts() == 1, faulty::clear);
  }
}
