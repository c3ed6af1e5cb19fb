package dev.doorstep.driver.samidcard;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.transport.Connection;
import dev.doorstep.driver.transport.Transport;
import dev.doorstep.driver.transport.Transports;
import dev.doorstep.driver.transport.UsbLayout;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The endpoints of readers that have more of them than a pair. */
final class SamUsb {
  /**
   * 0400:c35a: preamble and length (7 bytes) go through a pair of their own, CMD or SW1 … CHK
   * through the other. [U]: the interface's number and packets of 64 bytes are inferred.
   */
  private static final UsbLayout TWO_PAIRS =
      new UsbLayout(0, 0x06, 0x85, Optional.of(new UsbLayout.Head(0x02, 0x81, 7, 5)));

  /** By vendor and product. Others, such as 0316:5020, have one pair, which they tell of. */
  private static final Map<String, UsbLayout> LAYOUTS = Map.of("0400:c35a", TWO_PAIRS);

  private SamUsb() {}

  /** Opens a reader's wire, of whatever kind. */
  static Transport open(Transports transports, Connection connection, Deadline deadline)
      throws DeviceException {
    UsbLayout layout =
        "usb".equals(connection.scheme())
            ? LAYOUTS.get(connection.address().toLowerCase(Locale.ROOT))
            : null;
    return layout == null
        ? transports.open(connection, deadline)
        : transports.open(connection, layout, deadline);
  }
}
