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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
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

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3})?");

  /**
   * A port and what USB knows of it.
   *
   * @param number which of its device's ports it is: its interface, and behind a dot the port of
   *     that, if it is not the first; empty where nobody tells
   */
  private record Port(String name, String path, Optional<String> serial, Optional<String> number) {}

  /**
   * Checks the parameter {@code port}.
   *
   * @throws IllegalArgumentException that says what is wrong
   */
  static void check(Map<String, String> parameters) {
    String port = parameters.get("port");
    if (port != null && !NUMBER.matcher(port).matches()) {
      throw new IllegalArgumentException("port must be a port of the device, such as 1 or 0.1");
    }
  }

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
    Optional<String> wanted = Optional.ofNullable(connection.parameters().get("port"));
    found.removeIf(port -> wanted.isPresent() && !wanted.equals(port.number()));
    if (found.size() == 1) {
      return found.get(0).name();
    }
    throw new DeviceException(ErrorCode.NOT_CONNECTED, connection + ": " + trouble(found));
  }

  private static String trouble(List<Port> found) {
    if (found.isEmpty()) {
      return "no such device; plug it in and check numbers, serial, path and port";
    }
    List<String> paths = found.stream().map(Port::path).distinct().sorted().toList();
    if (paths.size() > 1) {
      return UsbIdentity.ambiguous(paths);
    }
    List<String> numbers = found.stream().flatMap(it -> it.number().stream()).sorted().toList();
    return "this device has %d ports; name one by port=, which are %s"
        .formatted(found.size(), String.join(", ", numbers));
  }

  private List<Port> inSysfs(Path ports, UsbIdentity device) throws IOException {
    List<Port> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(ports)) {
      for (Path port : all) {
        Path link = port.resolve("device");
        if (Files.exists(link)) { // others are consoles
          Path own = link.toRealPath();
          Path usb = above(own, "idVendor");
          if (usb != null
              && device.isOfKind(number(usb, "idVendor", 16), number(usb, "idProduct", 16))) {
            found.add(
                new Port(
                    dev.resolve(port.getFileName()).toString(),
                    usb.getFileName().toString(),
                    text(usb, "serial"),
                    portOf(own)));
          }
        }
      }
    }
    return found;
  }

  /** Converters have an interface for each port, or one interface for all of them. */
  private static Optional<String> portOf(Path own) throws IOException {
    Path face = above(own, "bInterfaceNumber");
    if (face == null) {
      return Optional.empty();
    }
    int which = number(face, "bInterfaceNumber", 16);
    int port = Files.exists(own.resolve("port_number")) ? number(own, "port_number", 10) : 0;
    return Optional.of(port == 0 ? Integer.toString(which) : which + "." + port);
  }

  /** The nearest folder above that has such a file: a USB device has an idVendor. */
  private static @Nullable Path above(Path folder, String file) {
    Path above = folder;
    while (above != null && above.getFileName() != null) {
      if (Files.exists(above.resolve(file))) {
        return above;
      }
      above = above.getParent();
    }
    return null;
  }

  private static int number(Path folder, String file, int radix) throws IOException {
    try {
      return Integer.parseInt(text(folder, file).orElse(""), radix);
    } catch (NumberFormatException e) {
      throw new IOException(folder.resolve(file) + " is no number", e);
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
                        Optional.ofNullable(port.getSerialNumber()),
                        Optional.empty())));
    return found;
  }
}
