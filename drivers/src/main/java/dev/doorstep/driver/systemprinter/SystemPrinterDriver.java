package dev.doorstep.driver.systemprinter;

import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceContext;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.Driver;
import dev.doorstep.driver.DriverInfo;
import java.util.Set;

/** The driver {@code system-printer}: queues that only the operating system knows. */
public final class SystemPrinterDriver implements Driver {
  private static final DriverInfo INFO =
      new DriverInfo("system-printer", "page-printer", Set.of("print"), Set.of());

  /** For the service loader. */
  public SystemPrinterDriver() {}

  @Override
  public DriverInfo info() {
    return INFO;
  }

  @Override
  public Device open(DeviceContext context) throws DeviceException {
    SystemPrinter printer =
        new SystemPrinter(
            context.settings().connection().address(), context.transports(), context.locale());
    printer.probe(context.deadline());
    return printer;
  }
}
