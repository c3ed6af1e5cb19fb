package dev.doorstep.driver.transport;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What tells a USB device from others, whatever name the system gives it today.
 *
 * @param vendor its vendor's number
 * @param product the product's number
 * @param serial its serial number, if the configuration names one
 * @param path where it is plugged in: bus, port of the bus, ports of hubs, such as {@code 1-2.3}
 */
record UsbIdentity(int vendor, int product, Optional<String> serial, Optional<String> path) {
  /** What the parameters of such a connection may be. */
  static final Set<String> PARAMETERS = Set.of("path", "serial");

  /** Behind {@code serial:}: the port that a USB device brings. */
  static final String PREFIX = "usb:";

  private static final Pattern NUMBERS = Pattern.compile("[0-9A-Fa-f]{4}:[0-9A-Fa-f]{4}");
  private static final Pattern SERIAL = Pattern.compile("[ -~&&[^&?]]{1,126}");
  private static final Pattern PATH = Pattern.compile("[0-9]{1,3}-[0-9]{1,3}(\\.[0-9]{1,3}){0,6}");

  /**
   * Checks what a connection says.
   *
   * @throws IllegalArgumentException that says what is wrong
   */
  static void check(String numbers, Map<String, String> parameters) {
    if (!NUMBERS.matcher(numbers).matches()) {
      throw new IllegalArgumentException(
          "usb: needs the numbers of vendor and product, such as usb:0400:c35a");
    }
    String serial = parameters.get("serial");
    if (serial != null && !SERIAL.matcher(serial).matches()) {
      throw new IllegalArgumentException(
          "serial must be a serial number of at most 126 characters");
    }
    String path = parameters.get("path");
    if (path != null && !PATH.matcher(path).matches()) {
      throw new IllegalArgumentException("path must be bus and ports, such as 1-2.3");
    }
  }

  /** What a connection says that was checked before. */
  static UsbIdentity of(String numbers, Map<String, String> parameters) {
    return new UsbIdentity(
        Integer.parseInt(numbers.substring(0, 4), 16),
        Integer.parseInt(numbers.substring(5), 16),
        Optional.ofNullable(parameters.get("serial")),
        Optional.ofNullable(parameters.get("path")));
  }

  /** Whether this is the vendor and product. */
  boolean isOfKind(int otherVendor, int otherProduct) {
    return vendor == otherVendor && product == otherProduct;
  }

  /** Whether nothing that the configuration names differs. */
  boolean names(Optional<String> otherSerial, Optional<String> otherPath) {
    return (serial.isEmpty() || serial.equals(otherSerial))
        && (path.isEmpty() || path.equals(otherPath));
  }

  /** What to say when several devices are meant: how to name one. */
  static String ambiguous(List<String> paths) {
    return paths.size()
        + " such devices are there; name one by serial= or path=, which are "
        + String.join(", ", paths);
  }
}
