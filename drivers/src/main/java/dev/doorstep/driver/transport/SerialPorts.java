package dev.doorstep.driver.transport;

import com.fazecast.jSerialComm.SerialPort;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which serial port a USB device brings today: {@code /dev/ttyUSB0} becomes {@code ttyUSB1} when it
 * is plugged in anew. Linux tells it in sysfs, where a port's device lies below that of its
 * converter; elsewhere jSerialComm is asked.
 *
 * @param sys where sysfs is
 * @param dev where ports are
 */
record SerialPorts(Path sys, Path dev) {
  /** Those of this machine. */
  static final SerialPorts HERE = new SerialPorts(Path.of("/sys"), Path.of("/dev"));

  /** A port and what USB knows of it. */
  private record Port(String name, String path, Optional<String> serial) {}

  /**
   * The port of a device.
   *
   * @throws DeviceException {@code NOT_CONNECTED} if it is not plugged in, or several are meant
   */
  String find(UsbIdentity device, Connection connection) throws DeviceException {
    Path ports = sys.resolve("class/tty");
    List<Port> found;
    try {
      found = Files.isDirectory(ports) ? inSysfs(ports, device) : known(device);
    } catch (IOException | DirectoryIteratorException e) {
      throw new DeviceException(
          ErrorCode.NOT_CONNECTED, connection + ": " + ports + ": " + e.getMessage(), e);
    }
    found.removeIf(port -> !device.names(port.serial(), Optional.of(port.path())));
    if (found.size() == 1) {
      return found.get(0).name();
    }
    found.sort(Comparator.comparing(Port::path));
    throw new DeviceException(
        ErrorCode.NOT_CONNECTED,
        connection
            + ": "
            + (found.isEmpty()
                ? "no such device; plug it in and check numbers, serial and path"
                : UsbIdentity.ambiguous(found.stream().map(Port::path).toList())));
  }

  private List<Port> inSysfs(Path ports, UsbIdentity device) throws IOException {
    List<Port> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(ports)) {
      for (Path port : all) {
        Path own = port.resolve("device");
        if (Files.exists(own)) { // others are consoles
          Path usb = usbDevice(own.toRealPath());
          if (usb != null && device.isOfKind(number(usb, "idVendor"), number(usb, "idProduct"))) {
            found.add(
                new Port(
                    dev.resolve(port.getFileName()).toString(),
                    usb.getFileName().toString(),
                    text(usb, "serial")));
          }
        }
      }
    }
    return found;
  }

  /** The nearest folder above that is a USB device. */
  private static @Nullable Path usbDevice(Path folder) {
    Path above = folder;
    while (above != null && above.getFileName() != null) {
      if (Files.exists(above.resolve("idVendor"))) {
        return above;
      }
      above = above.getParent();
    }
    return null;
  }

  private static int number(Path usb, String file) throws IOException {
    try {
      return Integer.parseInt(text(usb, file).orElse(""), 16);
    } catch (NumberFormatException e) {
      throw new IOException(usb.resolve(file) + " is no number", e);
    }
  }

  /** What a file says; empty if it is gone: devices are unplugged while they are looked at. */
  private static Optional<String> text(Path usb, String file) throws IOException {
    Path path = usb.resolve(file);
    return Files.exists(path) ? Optional.of(Files.readString(path).strip()) : Optional.empty();
  }

  private static List<Port> known(UsbIdentity device) {
    List<Port> found = new ArrayList<>();
    Arrays.stream(SerialPort.getCommPorts())
        .filter(port -> device.isOfKind(port.getVendorID(), port.getProductID()))
        .forEach(
            port ->
                found.add(
                    new Port(
                        port.getSystemPortName(),
                        port.getPortLocation(),
                        Optional.ofNullable(port.getSerialNumber()))));
    return found;
  }
}
