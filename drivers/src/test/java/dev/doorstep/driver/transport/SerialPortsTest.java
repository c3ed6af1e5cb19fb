package dev.doorstep.driver.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.PseudoTerminals;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.simulator.device.PtyWire;
import dev.doorstep.simulator.testing.RealComponent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ports by the USB device that brings them, in a sysfs of the test's own. */
@PseudoTerminals
class SerialPortsTest {
  private static final Duration AMPLE = Duration.ofSeconds(5);
  @TempDir private Path folder;
  private Path bus;
  private SerialPorts ports;

  @BeforeEach
  void start() throws IOException {
    bus = Files.createDirectories(folder.resolve("sys/devices/pci0000:00/0000:00:14.0/usb1"));
    ports = new SerialPorts(folder.resolve("sys"), folder.resolve("dev"));
    Path console = Files.createDirectories(folder.resolve("sys/devices/platform/serial8250"));
    Files.createDirectories(folder.resolve("sys/class/tty/tty0"));
    Path own = Files.createDirectories(folder.resolve("sys/class/tty/ttyS0"));
    Files.createSymbolicLink(own.resolve("device"), console);
  }

  @Test
  void aDeviceKeepsItsIdentityUnderAnotherPortsName() throws Exception {
    plug("1-2", "0403", "6001", "A1", "ttyUSB0");
    assertThat(find("usb:0403:6001")).isEqualTo(port("ttyUSB0"));
    assertThat(find("usb:0403:6001?serial=A1&baud=9600")).isEqualTo(port("ttyUSB0"));
    unplug("ttyUSB0");
    demand("no such device", () -> find("usb:0403:6001?serial=A1"));
    plug("1-3", "0403", "6001", "A1", "ttyUSB1");
    assertThat(find("usb:0403:6001?serial=A1")).isEqualTo(port("ttyUSB1"));
    demand("no such device", () -> find("usb:0403:6001?path=1-2"));
    demand("no such device", () -> find("usb:0403:6015"));
  }

  @Test
  void twoOfAKindAreToldApart() throws Exception {
    plug("1-2", "1a86", "7523", "", "ttyUSB0"); // many converters have no serial number
    plug("1-4.1", "1a86", "7523", "", "ttyUSB1");
    plug("1-5", "0403", "6001", "A1", "ttyUSB2");
    plug("1-6", "0403", "6001", "A2", "ttyACM0");
    demand("2 such devices are there; name one", () -> find("usb:1a86:7523"));
    demand("1-2, 1-4.1", () -> find("usb:1a86:7523"));
    assertThat(find("usb:1a86:7523?path=1-2")).isEqualTo(port("ttyUSB0"));
    assertThat(find("usb:1A86:7523?path=1-4.1")).isEqualTo(port("ttyUSB1"));
    assertThat(find("usb:0403:6001?serial=A1")).isEqualTo(port("ttyUSB2"));
    assertThat(find("usb:0403:6001?serial=A2")).isEqualTo(port("ttyACM0"));
    demand("no such device", () -> find("usb:0403:6001?serial=A1&path=1-6"));
  }

  @Test
  void thePortsOfOneConverterAreToldApart() throws Exception {
    plug("1-2", "0403", "6011", "A1", "ttyUSB0"); // an interface for each
    plugAnother("1-2", "01", "", "ttyUSB1");
    plug("1-3", "9710", "7840", "", "ttyUSB2"); // one for all
    plugAnother("1-3", "00", "1", "ttyUSB3");
    demand(
        "this device has 2 ports; name one by port=, which are 0, 1", () -> find("usb:0403:6011"));
    assertThat(find("usb:0403:6011?port=0")).isEqualTo(port("ttyUSB0"));
    assertThat(find("usb:0403:6011?serial=A1&port=1")).isEqualTo(port("ttyUSB1"));
    demand("which are 0, 0.1", () -> find("usb:9710:7840"));
    assertThat(find("usb:9710:7840?port=0")).isEqualTo(port("ttyUSB2"));
    assertThat(find("usb:9710:7840?port=0.1&path=1-3")).isEqualTo(port("ttyUSB3"));
    demand("check numbers, serial, path and port", () -> find("usb:0403:6011?port=2"));
  }

  @Test
  void nonsenseInSysfsIsNotConnected() throws Exception {
    plug("1-2", "none", "6001", "A1", "ttyUSB0");
    demand("is no number", () -> find("usb:0403:6001"));
  }

  @Test
  void withoutSysfsTheLibraryIsAsked() {
    ports = new SerialPorts(folder.resolve("none"), folder.resolve("dev"));
    demand("no such device", () -> find("usb:0403:ffff"));
  }

  @Test
  @RealComponent("socat")
  void thePortIsLookedForEachTimeThatItIsOpened() throws Exception {
    Path dev = Files.createDirectories(folder.resolve("dev"));
    Connection connection = Connection.parse("serial:usb:0403:6001?serial=A1");
    for (int i = 0; i < 3; i++) {
      String name = "ttyUSB" + i;
      byte[] sent = {(byte) i};
      plug("1-" + (i + 1), "0403", "6001", "A1", name);
      try (PtyWire pty = PtyWire.serve((bytes, wire) -> wire.send(bytes), dev.resolve(name));
          SerialTransport port = new SerialTransport(connection, ports, closed -> {})) {
        assertThat(pty.path()).isEqualTo(dev.resolve(name));
        port.connect(Deadline.after(AMPLE));
        port.write(sent, Deadline.after(AMPLE));
        byte[] back = new byte[1];
        assertThat(port.read(back, 0, 1, Deadline.after(AMPLE))).isEqualTo(1);
        assertThat(back).isEqualTo(sent);
      }
      unplug(name);
    }
  }

  private String find(String connection) throws DeviceException {
    Connection parsed = Connection.parse("serial:" + connection);
    return ports.find(parsed.usb().orElseThrow(), parsed);
  }

  private String port(String name) {
    return folder.resolve("dev").resolve(name).toString();
  }

  /** As Linux has it: the port's device is an interface of the USB device, or below one. */
  private void plug(String path, String vendor, String product, String serial, String name)
      throws IOException {
    Path device = Files.createDirectories(bus.resolve(path));
    Files.writeString(device.resolve("idVendor"), vendor + "\n");
    Files.writeString(device.resolve("idProduct"), product + "\n");
    if (!serial.isEmpty()) {
      Files.writeString(device.resolve("serial"), serial + "\n");
    }
    plugAnother(path, "00", "", name);
  }

  /** Another port of the device: of an interface, in hex, and its number there, if it is told. */
  private void plugAnother(String path, String face, String number, String name)
      throws IOException {
    Path above = bus.resolve(path).resolve(path + ":1." + Integer.parseInt(face, 16));
    Path own = Files.createDirectories(above.resolve(name));
    Files.writeString(above.resolve("bInterfaceNumber"), face + "\n");
    if (!number.isEmpty()) {
      Files.writeString(own.resolve("port_number"), number + "\n");
    }
    Path port = Files.createDirectories(folder.resolve("sys/class/tty").resolve(name));
    Files.createSymbolicLink(port.resolve("device"), own);
  }

  private void unplug(String name) throws IOException {
    Path port = folder.resolve("sys/class/tty").resolve(name);
    Files.delete(port.resolve("device"));
    Files.delete(port);
  }

  private static void demand(String detail, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_CONNECTED))
        .hasMessageContaining(detail);
  }
}
