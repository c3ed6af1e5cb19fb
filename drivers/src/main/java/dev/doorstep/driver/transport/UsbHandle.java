package dev.doorstep.driver.transport;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.usb4java.Context;
import org.usb4java.Device;
import org.usb4java.DeviceDescriptor;
import org.usb4java.DeviceHandle;
import org.usb4java.DeviceList;
import org.usb4java.LibUsb;
import org.usb4java.Loader;
import org.usb4java.LoaderException;

/**
 * An open USB device with its interface claimed. Has a session of libusb to itself, so that closing
 * it leaves nothing. No two methods may run at the same time: closing under a running transfer
 * crashes the process.
 */
final class UsbHandle {
  private static final int DEEPEST = 7; // hubs, by the USB specification

  private final Context context;
  private final DeviceHandle handle;
  private final UsbLayout layout;

  private UsbHandle(Context context, DeviceHandle handle, UsbLayout layout) {
    this.context = context;
    this.handle = handle;
    this.layout = layout;
  }

  /**
   * Finds the device, opens it and claims its interface.
   *
   * @throws DeviceException {@code NOT_CONNECTED} or {@code DEVICE_IN_USE}, with what to do
   */
  static UsbHandle open(Connection connection, Optional<UsbLayout> wanted) throws DeviceException {
    UsbIdentity identity = connection.usb().orElseThrow();
    Context context = new Context();
    int error = begin(context, connection);
    if (error != LibUsb.SUCCESS) {
      throw UsbErrors.opening(error, connection, identity);
    }
    try {
      return find(context, connection, identity, wanted);
    } catch (DeviceException | RuntimeException e) {
      LibUsb.exit(context);
      throw e;
    }
  }

  DeviceHandle handle() {
    return handle;
  }

  UsbLayout layout() {
    return layout;
  }

  /** Lets go of everything; the kernel's own driver has the device again. Once. */
  void close() {
    LibUsb.releaseInterface(handle, layout.interfaceNumber());
    LibUsb.close(handle);
    LibUsb.exit(context);
  }

  /** Fails each time where there is no library: the first time it is looked for, then missed. */
  private static int begin(Context context, Connection connection) throws DeviceException {
    try {
      Loader.load();
      return LibUsb.init(context);
    } catch (LoaderException | LinkageError e) {
      throw new DeviceException(
          ErrorCode.NOT_CONNECTED,
          connection + ": no USB library for this machine: " + e.getMessage(),
          e);
    }
  }

  private static UsbHandle find(
      Context context, Connection connection, UsbIdentity identity, Optional<UsbLayout> wanted)
      throws DeviceException {
    DeviceList all = new DeviceList();
    int count = LibUsb.getDeviceList(context, all);
    if (count < 0) {
      throw UsbErrors.opening(count, connection, identity);
    }
    try {
      List<Device> found = new ArrayList<>();
      for (Device device : all) {
        if (isMeant(device, connection, identity)) {
          found.add(device);
        }
      }
      if (found.size() != 1) {
        throw new DeviceException(
            ErrorCode.NOT_CONNECTED,
            connection
                + ": "
                + (found.isEmpty()
                    ? "no such device; plug it in and check numbers, serial and path"
                    : UsbIdentity.ambiguous(
                        found.stream().map(UsbHandle::path).sorted().toList())));
      }
      return claim(context, found.get(0), connection, identity, wanted);
    } finally {
      LibUsb.freeDeviceList(all, true);
    }
  }

  private static boolean isMeant(Device device, Connection connection, UsbIdentity identity)
      throws DeviceException {
    DeviceDescriptor descriptor = new DeviceDescriptor();
    if (LibUsb.getDeviceDescriptor(device, descriptor) != LibUsb.SUCCESS
        || !identity.isOfKind(descriptor.idVendor() & 0xFFFF, descriptor.idProduct() & 0xFFFF)) {
      return false;
    }
    Optional<String> path = Optional.of(path(device));
    if (identity.path().isPresent() && !identity.path().equals(path)) {
      return false;
    }
    Optional<String> serial =
        identity.serial().isPresent()
            ? serial(device, descriptor, connection, identity)
            : Optional.empty();
    return identity.names(serial, path);
  }

  /** Asks the device itself, which has to be opened for it. */
  private static Optional<String> serial(
      Device device, DeviceDescriptor descriptor, Connection connection, UsbIdentity identity)
      throws DeviceException {
    if (descriptor.iSerialNumber() == 0) {
      return Optional.empty();
    }
    DeviceHandle handle = new DeviceHandle();
    int error = LibUsb.open(device, handle);
    if (error == LibUsb.ERROR_ACCESS) {
      throw UsbErrors.opening(error, connection, identity);
    }
    if (error != LibUsb.SUCCESS) {
      return Optional.empty(); // it was pulled out just now
    }
    try {
      return Optional.ofNullable(LibUsb.getStringDescriptor(handle, descriptor.iSerialNumber()))
          .map(String::strip);
    } finally {
      LibUsb.close(handle);
    }
  }

  private static UsbHandle claim(
      Context context,
      Device device,
      Connection connection,
      UsbIdentity identity,
      Optional<UsbLayout> wanted)
      throws DeviceException {
    UsbLayout layout =
        UsbEndpoints.layout(device, wanted)
            .orElseThrow(
                () ->
                    new DeviceException(
                        ErrorCode.NOT_CONNECTED,
                        connection + ": the device has not the bulk endpoints that are needed"));
    DeviceHandle handle = new DeviceHandle();
    int error = LibUsb.open(device, handle);
    if (error != LibUsb.SUCCESS) {
      throw UsbErrors.opening(error, connection, identity);
    }
    // Where the system has no such drivers this fails, and claiming is all that it takes.
    LibUsb.setAutoDetachKernelDriver(handle, true);
    error = LibUsb.claimInterface(handle, layout.interfaceNumber());
    if (error != LibUsb.SUCCESS) {
      LibUsb.close(handle);
      throw UsbErrors.opening(error, connection, identity);
    }
    return new UsbHandle(context, handle, layout);
  }

  /** Bus, port of the bus, ports of hubs, as Linux writes it: {@code 1-2.3}. */
  private static String path(Device device) {
    ByteBuffer ports = ByteBuffer.allocateDirect(DEEPEST);
    int depth = LibUsb.getPortNumbers(device, ports);
    StringBuilder path = new StringBuilder().append(LibUsb.getBusNumber(device));
    for (int i = 0; i < depth; i++) {
      path.append(i == 0 ? '-' : '.').append(ports.get(i) & 0xFF);
    }
    return path.toString();
  }
}
