package dev.doorstep.driver.serialcodescanner;

import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceContext;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.Driver;
import dev.doorstep.driver.DriverInfo;
import dev.doorstep.driver.transport.Transport;
import java.util.Set;

/**
 * The driver {@code serial-code-scanner}: scanners of bar codes and QR codes on a serial line or
 * TCP. Options: {@code suffix} (any, cr, crlf, none), {@code charset} (GBK, UTF-8), {@code aim},
 * {@code trigger} (false, true), {@code mode} (triggered, continuous); the first of each is the
 * default.
 */
public final class SerialCodeScannerDriver implements Driver {
  private static final DriverInfo INFO =
      new DriverInfo(
          "serial-code-scanner", "code-scanner", Set.of("serial", "tcp"), ScannerOptions.KEYS);

  private static final int BAUD = 9600; // as the modules come from the factory

  /** For the service loader. */
  public SerialCodeScannerDriver() {}

  @Override
  public DriverInfo info() {
    return INFO;
  }

  @Override
  public Device open(DeviceContext context) throws DeviceException {
    ScannerOptions options = ScannerOptions.of(context.settings());
    Transport transport =
        context
            .transports()
            .open(context.settings().connection().withBaud(BAUD), context.deadline());
    ScannerLine line = new ScannerLine(transport, new CodeFramer(options.ending()));
    CodeScanner scanner = new CodeScanner(line, options, context.events(), context.locale());
    scanner.probe(context.deadline());
    return scanner;
  }
}
