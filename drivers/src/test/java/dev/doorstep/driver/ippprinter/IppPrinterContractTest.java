package dev.doorstep.driver.ippprinter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.driver.DriverContract;
import dev.doorstep.driver.Sample;
import dev.doorstep.driver.SimulatedDevice;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.operation.PrintDocument;
import dev.doorstep.protocol.operation.Printed;
import dev.doorstep.simulator.device.TcpWire;
import java.nio.charset.StandardCharsets;
import java.util.List;

class IppPrinterContractTest extends DriverContract {
  IppPrinterContractTest() {
    super(new IppPrinterDriver(), "ipp://127.0.0.1:%d/ipp/print");
  }

  @Override
  protected SimulatedDevice start() {
    TcpWire wire = TcpWire.serve(new CannedPrinter(), 0);
    return SimulatedDevice.of(wire::port, () -> {}, wire::close);
  }

  @Override
  protected List<Sample<?, ?>> samples() {
    byte[] text = "Notice 42\n".getBytes(StandardCharsets.US_ASCII);
    return List.of(
        Sample.of(
            PrintDocument.plain(Content.of("text/plain", text)),
            printed -> assertThat(printed).isEqualTo(Printed.of(Printed.State.PRINTED))));
  }
}
