package dev.doorstep.driver.samidcard;

import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceContext;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.Driver;
import dev.doorstep.driver.DriverInfo;
import dev.doorstep.driver.transport.Transport;
import java.util.Set;

/** The driver {@code sam-id-card}: readers of identity cards on a serial line, TCP or USB. */
public final class SamIdCardDriver implements Driver {
  private static final DriverInfo INFO =
      new DriverInfo(
          "sam-id-card", "id-card-reader", Set.of("serial", "tcp", "usb"), SamOptions.KEYS);

  /** For the service loader. */
  public SamIdCardDriver() {}

  @Override
  public DriverInfo info() {
    return INFO;
  }

  @Override
  public Device open(DeviceContext context) throws DeviceException {
    SamOptions options = SamOptions.of(context.settings());
    Transport transport =
        SamUsb.open(context.transports(), context.settings().connection(), context.deadline());
    SamDevice device = new SamDevice(new SamChannel(transport), options, context);
    device.probe(context.deadline());
    return device;
  }
}
