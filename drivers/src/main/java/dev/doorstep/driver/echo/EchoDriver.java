package dev.doorstep.driver.echo;

import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceContext;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.Driver;
import dev.doorstep.driver.DriverInfo;
import dev.doorstep.driver.transport.Transport;
import java.util.Set;

/** The driver {@code echo}, the template of a driver. */
public final class EchoDriver implements Driver {
  private static final DriverInfo INFO = new DriverInfo("echo", "echo", Set.of("tcp"), Set.of());

  /** For the service loader. */
  public EchoDriver() {}

  @Override
  public DriverInfo info() {
    return INFO;
  }

  @Override
  public Device open(DeviceContext context) throws DeviceException {
    Transport transport =
        context.transports().open(context.settings().connection(), context.deadline());
    EchoDevice device = new EchoDevice(transport);
    device.probe(context.deadline());
    return device;
  }
}
