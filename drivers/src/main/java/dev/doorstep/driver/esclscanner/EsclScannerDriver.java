package dev.doorstep.driver.esclscanner;

import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceContext;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.Driver;
import dev.doorstep.driver.DriverInfo;
import dev.doorstep.driver.scan.ScanArea;
import java.util.Optional;
import java.util.Set;

/** The driver {@code escl-scanner}: scanners on the network that speak eSCL (AirScan). */
public final class EsclScannerDriver implements Driver {
  private static final DriverInfo INFO =
      new DriverInfo("escl-scanner", "document-scanner", Set.of("escl"), Set.of("area"));

  /** For the service loader. */
  public EsclScannerDriver() {}

  @Override
  public DriverInfo info() {
    return INFO;
  }

  @Override
  public Device open(DeviceContext context) throws DeviceException {
    Optional<ScanArea> area = ScanArea.of(context.settings());
    return new EsclScanner(context, area);
  }
}
