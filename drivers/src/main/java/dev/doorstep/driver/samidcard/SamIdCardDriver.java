package dev.doorstep.driver.samidcard;

import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceContext;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.Driver;
import dev.doorstep.driver.DriverInfo;
import dev.doorstep.driver.transport.Transport;
import java.util.Set;

/** The driver {@code sam-id-card}: readers of resident ID cards on a serial line or TCP. */
public final class SamIdCardDriver implements Driver {
  private static final DriverInfo INFO =
      new DriverInfo("sam-id-card", "id-card-reader", Set.of("serial", "tcp"), Set.of());

  /** For the service loader. */
  public SamIdCardDriver() {}

  @Override
  public DriverInfo info() {
    return INFO;
  }

  @Override
  public Device open(DeviceContext context) throws DeviceException {
    Transport transport =
        context.transports().open(context.settings().connection(), context.deadline());
    SamDevice device = new SamDevice(new SamChannel(transport), context.locale());
    device.probe(context.deadline());
    return device;
  }
}
