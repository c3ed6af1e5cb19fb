package dev.doorstep.driver.serialpad;

import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceContext;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.Driver;
import dev.doorstep.driver.DriverInfo;
import dev.doorstep.driver.transport.Transport;
import java.util.Set;

/**
 * The driver {@code serial-pad}: evaluation keypads on a serial line or TCP. Its option {@code
 * model} names one of the models of {@code models.properties}; {@code frame}, {@code keys}, {@code
 * lamps-on}, {@code lamps-off}, {@code query} and {@code reply} describe a pad that is none of
 * them, or differs from one.
 */
public final class SerialPadDriver implements Driver {
  private static final DriverInfo INFO =
      new DriverInfo("serial-pad", "evaluation-pad", Set.of("serial", "tcp"), PadModel.OPTIONS);

  private static final int BAUD = 9600;

  /** For the service loader. */
  public SerialPadDriver() {}

  @Override
  public DriverInfo info() {
    return INFO;
  }

  @Override
  public Device open(DeviceContext context) throws DeviceException {
    PadModel model = PadModel.of(context.settings());
    Transport transport =
        context
            .transports()
            .open(context.settings().connection().withBaud(BAUD), context.deadline());
    SerialPad pad = new SerialPad(new PadLine(transport, model), model, context.locale());
    pad.probe(context.deadline());
    return pad;
  }
}
