package dev.doorstep.driver.transport;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import java.time.Duration;

/** Opens a USB device twice, on a machine for which there is no library. */
final class UsbWithoutLibrary {
  private UsbWithoutLibrary() {}

  public static void main(String[] arguments) {
    try (LaneTransports wires = new LaneTransports(ScreenSource.NONE)) {
      for (int i = 0; i < 2; i++) {
        try {
          wires.open(Connection.parse("usb:0400:c35a"), Deadline.after(Duration.ofSeconds(5)));
        } catch (DeviceException e) {
          System.out.println(e.code() + " " + e.getMessage());
        }
      }
    }
  }
}
