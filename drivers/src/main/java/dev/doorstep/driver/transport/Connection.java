package dev.doorstep.driver.transport;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where a device is, as the configuration says it. Checked as a whole when it is read, so that a
 * slip shows before the device is looked for.
 *
 * @param scheme such as {@code serial}
 * @param address what follows the colon, without parameters
 * @param parameters those of {@code serial:} and {@code usb:}, such as {@code baud}, as they stand
 */
public record Connection(String scheme, String address, Map<String, String> parameters) {
  private static final List<String> SCHEMES =
      List.of(
          "serial", "tcp", "usb", "ipp", "print", "sane", "escl", "v4l2", "mjpeg", "ws", "pcsc",
          "screen");
  private static final int HIGHEST_BAUD = 4_000_000;

  /** Copies the parameters. */
  public Connection {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters)); // in their order
  }

  /**
   * Reads a connection.
   *
   * @throws IllegalArgumentException that says what is wrong and how it should look
   */
  @JsonCreator
  public static Connection parse(String text) {
    int colon = text.indexOf(':');
    String scheme = colon < 0 ? text : text.substring(0, colon);
    String rest = text.substring(colon + 1);
    if (colon < 0 || !SCHEMES.contains(scheme)) {
      throw new IllegalArgumentException(
          "a connection begins with one of " + String.join(": ", SCHEMES) + ":");
    }
    if (rest.isEmpty()) {
      throw new IllegalArgumentException("the address after " + scheme + ": is missing");
    }
    if ("serial".equals(scheme)) {
      return serial(rest);
    }
    if ("usb".equals(scheme)) {
      Connection usb = withParameters("usb", rest, UsbIdentity.PARAMETERS);
      UsbIdentity.check(usb.address(), usb.parameters());
      return usb;
    }
    Addresses.check(scheme, rest);
    return new Connection(scheme, rest, Map.of());
  }

  /** The host of a {@code tcp:} address. */
  public String host() {
    String host = address.substring(0, address.lastIndexOf(':'));
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** The port of a {@code tcp:} address. */
  public int port() {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  /** The speed of a {@code serial:} line in baud, or the default where none is given. */
  public int baud(int absent) {
    return Integer.parseInt(parameters.getOrDefault("baud", Integer.toString(absent)));
  }

  /** The same; a {@code serial:} line without a speed has this one, in baud. */
  public Connection withBaud(int absent) {
    if (!"serial".equals(scheme) || parameters.containsKey("baud")) {
      return this;
    }
    Map<String, String> all = new LinkedHashMap<>(parameters);
    all.put("baud", Integer.toString(absent));
    return new Connection(scheme, address, all);
  }

  /** Which USB device a {@code usb:} or {@code serial:usb:} connection means; else empty. */
  Optional<UsbIdentity> usb() {
    if ("usb".equals(scheme)) {
      return Optional.of(UsbIdentity.of(address, parameters));
    }
    return "serial".equals(scheme) && address.startsWith(UsbIdentity.PREFIX)
        ? Optional.of(UsbIdentity.of(address.substring(UsbIdentity.PREFIX.length()), parameters))
        : Optional.empty();
  }

  /** The connection as the configuration says it. */
  @JsonValue
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(scheme).append(':').append(address);
    char separator = '?';
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      text.append(separator).append(parameter.getKey()).append('=').append(parameter.getValue());
      separator = '&';
    }
    return text.toString();
  }

  private static Connection serial(String rest) {
    boolean byUsb = rest.startsWith(UsbIdentity.PREFIX);
    Set<String> known = byUsb ? Set.of("baud", "path", "port", "serial") : Set.of("baud");
    Connection port = withParameters("serial", rest, known);
    if (port.address().isEmpty()) {
      throw new IllegalArgumentException("serial: needs a port, such as serial:/dev/ttyUSB0");
    }
    String baud = port.parameters().get("baud");
    if (baud != null) {
      Addresses.number("baud", baud, HIGHEST_BAUD);
    }
    if (byUsb) {
      UsbIdentity.check(port.address().substring(UsbIdentity.PREFIX.length()), port.parameters());
      SerialPorts.check(port.parameters());
    }
    return port;
  }

  private static Connection withParameters(String scheme, String rest, Set<String> known) {
    int query = rest.indexOf('?');
    Map<String, String> parameters = new LinkedHashMap<>();
    if (query >= 0) {
      for (String pair : rest.substring(query + 1).split("&", -1)) {
        int equals = pair.indexOf('=');
        String key = equals < 0 ? pair : pair.substring(0, equals);
        if (!known.contains(key)) {
          throw new IllegalArgumentException(
              scheme
                  + ": takes the parameter "
                  + String.join(" or ", new TreeSet<>(known))
                  + ", not "
                  + key);
        }
        if (parameters.put(key, pair.substring(equals + 1)) != null) {
          throw new IllegalArgumentException(scheme + ": takes the parameter " + key + " once");
        }
      }
    }
    return new Connection(scheme, query < 0 ? rest : rest.substring(0, query), parameters);
  }
}
