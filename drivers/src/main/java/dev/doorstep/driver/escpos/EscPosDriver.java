package dev.doorstep.driver.escpos;

import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceContext;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.Driver;
import dev.doorstep.driver.DriverInfo;
import dev.doorstep.driver.transport.Transport;
import dev.doorstep.protocol.ErrorCode;
import java.util.Set;

/**
 * The driver {@code esc-pos}: receipt printers on TCP or a serial line. Its option {@code model}
 * names one of the models of {@code models.properties}; absent means {@code epson-tm}.
 */
public final class EscPosDriver implements Driver {
  private static final DriverInfo INFO =
      new DriverInfo("esc-pos", "receipt-printer", Set.of("tcp", "serial", "usb"), Set.of("model"));

  /** For the service loader. */
  public EscPosDriver() {}

  @Override
  public DriverInfo info() {
    return INFO;
  }

  @Override
  public Device open(DeviceContext context) throws DeviceException {
    String name = context.settings().option("model").orElse(PrinterModel.DEFAULT);
    PrinterModel model =
        PrinterModel.named(name)
            .orElseThrow(
                () ->
                    new DeviceException(
                        ErrorCode.UNSUPPORTED,
                        "no model %s; there are %s"
                            .formatted(name, String.join(", ", PrinterModel.names()))));
    Transport transport =
        context.transports().open(context.settings().connection(), context.deadline());
    EscPosDevice device =
        new EscPosDevice(
            new EscPosChannel(transport, model), model, context.events(), context.locale());
    device.probe(context.deadline());
    return device;
  }
}
