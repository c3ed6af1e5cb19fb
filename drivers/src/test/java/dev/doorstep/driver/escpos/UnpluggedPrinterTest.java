package dev.doorstep.driver.escpos;

import dev.doorstep.driver.UnpluggedContract;
import dev.doorstep.driver.Unplugging;
import dev.doorstep.protocol.operation.PrintTicket;
import dev.doorstep.protocol.operation.TicketLine;
import dev.doorstep.simulator.device.EscPosPrinter;
import dev.doorstep.simulator.device.FaultyDevice;
import java.util.List;
import java.util.Map;

class UnpluggedPrinterTest extends UnpluggedContract {
  @Override
  protected Part part() {
    FaultyDevice printer = new FaultyDevice(new EscPosPrinter());
    return new Part(
        printer,
        new EscPosDriver(),
        Map.of(),
        Unplugging.times(20),
        new PrintTicket(List.of(TicketLine.text("A042")), PrintTicket.Cut.FULL),
        call -> call.acts() == 1,
        () -> printer.fault(PrinterFaults.silentOnceTheJobArrives()),
        printer::clear);
  }
}
