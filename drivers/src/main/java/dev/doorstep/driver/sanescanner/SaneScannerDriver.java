package dev.doorstep.driver.sanescanner;

import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceContext;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.Driver;
import dev.doorstep.driver.DriverInfo;
import dev.doorstep.driver.scan.ScanArea;
import java.util.Set;

/** The driver {@code sane-scanner}: scanners that the SANE daemon of a machine serves. */
public final class SaneScannerDriver implements Driver {
  private static final DriverInfo INFO =
      new DriverInfo(
          "sane-scanner", "document-scanner", Set.of("sane"), Set.of("area", "feeder", "flatbed"));

  /** For the service loader. */
  public SaneScannerDriver() {}

  @Override
  public DriverInfo info() {
    return INFO;
  }

  @Override
  public Device open(DeviceContext context) throws DeviceException {
    ScanArea.of(context.settings()); // a slip in the configuration shows before any capture
    SaneScanner scanner = new SaneScanner(context);
    scanner.probe(context.deadline());
    return scanner;
  }
}
