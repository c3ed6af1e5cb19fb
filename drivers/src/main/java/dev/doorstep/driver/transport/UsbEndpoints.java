package dev.doorstep.driver.transport;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.usb4java.ConfigDescriptor;
import org.usb4java.Device;
import org.usb4java.EndpointDescriptor;
import org.usb4java.Interface;
import org.usb4java.InterfaceDescriptor;
import org.usb4java.LibUsb;

/** The bulk endpoints that a device's descriptors tell of, alternate setting 0 alone. */
final class UsbEndpoints {
  private static final int NOT_THERE = LibUsb.ERROR_NOT_FOUND;

  /** An interface and its bulk endpoints, in their order. */
  private record Bulk(int number, int usbClass, List<Integer> out, List<Integer> in) {
    /** Printers first, then what makers define themselves. */
    int rank() {
      return usbClass == (LibUsb.CLASS_PRINTER & 0xFF)
          ? 0
          : usbClass == (LibUsb.CLASS_VENDOR_SPEC & 0xFF) ? 1 : 2;
    }

    boolean has(UsbLayout layout) {
      Set<Integer> endpoints = new HashSet<>(out);
      endpoints.addAll(in);
      return number == layout.interfaceNumber()
          && endpoints.contains(layout.out())
          && endpoints.contains(layout.in())
          && layout
              .head()
              .map(head -> endpoints.contains(head.out()) && endpoints.contains(head.in()))
              .orElse(true);
    }
  }

  private UsbEndpoints() {}

  /**
   * The layout to use: the driver's own if the device has those endpoints, or the first pair that
   * it has.
   *
   * @return empty if the device has no such endpoints, or is gone
   */
  static Optional<UsbLayout> layout(Device device, Optional<UsbLayout> wanted) {
    List<Bulk> interfaces = interfaces(device);
    if (wanted.isPresent()) {
      UsbLayout layout = wanted.get();
      return interfaces.stream().anyMatch(bulk -> bulk.has(layout)) ? wanted : Optional.empty();
    }
    return interfaces.stream()
        .filter(bulk -> !bulk.out().isEmpty() && !bulk.in().isEmpty())
        .min(Comparator.comparingInt(Bulk::rank))
        .map(
            bulk ->
                new UsbLayout(
                    bulk.number(), bulk.out().get(0), bulk.in().get(0), Optional.empty()));
  }

  private static List<Bulk> interfaces(Device device) {
    List<Bulk> found = new ArrayList<>();
    ConfigDescriptor configuration = new ConfigDescriptor();
    int error = LibUsb.getActiveConfigDescriptor(device, configuration);
    if (error == NOT_THERE) { // not configured yet, as Linux leaves some
      error = LibUsb.getConfigDescriptor(device, (byte) 0, configuration);
    }
    if (error != LibUsb.SUCCESS) {
      return found;
    }
    try {
      for (Interface one : configuration.iface()) {
        for (InterfaceDescriptor setting : one.altsetting()) {
          if (setting.bAlternateSetting() == 0) {
            found.add(bulk(setting));
          }
        }
      }
    } finally {
      LibUsb.freeConfigDescriptor(configuration);
    }
    return found;
  }

  private static Bulk bulk(InterfaceDescriptor setting) {
    List<Integer> out = new ArrayList<>();
    List<Integer> in = new ArrayList<>();
    for (EndpointDescriptor endpoint : setting.endpoint()) {
      if ((endpoint.bmAttributes() & LibUsb.TRANSFER_TYPE_MASK) == LibUsb.TRANSFER_TYPE_BULK) {
        int address = endpoint.bEndpointAddress() & 0xFF;
        (address < 0x80 ? out : in).add(address);
      }
    }
    return new Bulk(setting.bInterfaceNumber() & 0xFF, setting.bInterfaceClass() & 0xFF, out, in);
  }
}
