package dev.doorstep.driver.ippprinter;

import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceContext;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.Driver;
import dev.doorstep.driver.DriverInfo;
import java.net.URI;
import java.util.Set;

/** The driver {@code ipp-printer}: page printers that speak IPP, and the queues of CUPS. */
public final class IppPrinterDriver implements Driver {
  private static final DriverInfo INFO =
      new DriverInfo("ipp-printer", "page-printer", Set.of("ipp"), Set.of());

  /** For the service loader. */
  public IppPrinterDriver() {}

  @Override
  public DriverInfo info() {
    return INFO;
  }

  @Override
  public Device open(DeviceContext context) throws DeviceException {
    URI address = URI.create(context.settings().connection().toString());
    IppPrinter printer =
        new IppPrinter(
            new IppClient(address, context.transports()), context.transports(), context.locale());
    printer.probe(context.deadline());
    return printer;
  }
}
