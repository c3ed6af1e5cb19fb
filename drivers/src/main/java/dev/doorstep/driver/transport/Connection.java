package dev.doorstep.driver.transport;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.doorstep.protocol.Names;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a device is, as the configuration says it. Checked as a whole when it is read, so that a
 * slip shows before the device is looked for.
 *
 * @param scheme such as {@code serial}
 * @param address what follows the colon, without the parameters of {@code serial:}
 * @param parameters the parameters of {@code serial:}, such as {@code baud}
 */
public record Connection(String scheme, String address, Map<String, String> parameters) {
  private static final List<String> SCHEMES =
      List.of(
          "serial", "tcp", "usb", "ipp", "print", "sane", "escl", "v4l2", "mjpeg", "ws", "pcsc",
          "screen");
  private static final Set<String> SERIAL_PARAMETERS = Set.of("baud");

  /** A name or an address; that of IPv6 stands in brackets. */
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+(%[A-Za-z0-9._-]+)?]");

  private static final int HIGHEST_PORT = 65_535;

  /** Copies the parameters. */
  public Connection {
    parameters = Map.copyOf(parameters);
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
    switch (scheme) {
      case "serial" -> {
        return serial(rest);
      }
      case "tcp" -> hostAndPort(rest);
      case "mjpeg" -> httpAddress(rest);
      case "screen" -> Names.check("the name of the screen", rest);
      default -> {}
    }
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
    int query = rest.indexOf('?');
    Map<String, String> parameters = new LinkedHashMap<>();
    if (query >= 0) {
      for (String pair : rest.substring(query + 1).split("&", -1)) {
        int equals = pair.indexOf('=');
        String key = equals < 0 ? pair : pair.substring(0, equals);
        if (!SERIAL_PARAMETERS.contains(key)) {
          throw new IllegalArgumentException("serial: takes the parameter baud, not " + key);
        }
        if (parameters.put(key, number(key, pair.substring(equals + 1), 4_000_000)) != null) {
          throw new IllegalArgumentException("serial: takes the parameter " + key + " once");
        }
      }
    }
    String path = query < 0 ? rest : rest.substring(0, query);
    if (path.isEmpty()) {
      throw new IllegalArgumentException("serial: needs a port, such as serial:/dev/ttyUSB0");
    }
    return new Connection("serial", path, parameters);
  }

  private static void hostAndPort(String rest) {
    int colon = rest.lastIndexOf(':');
    if (colon < 1 || !HOST.matcher(rest.substring(0, colon)).matches()) {
      throw new IllegalArgumentException("tcp: needs host and port, such as tcp:192.0.2.10:9100");
    }
    number("the port", rest.substring(colon + 1), HIGHEST_PORT);
  }

  private static void httpAddress(String rest) {
    try {
      URI address = new URI(rest);
      if ("http".equals(address.getScheme()) && address.getHost() != null) {
        if (address.getRawUserInfo() != null) {
          throw new IllegalArgumentException("mjpeg: takes no user and password");
        }
        if (address.getPort() != -1) {
          number("the port", Integer.toString(address.getPort()), HIGHEST_PORT);
        }
        return;
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("mjpeg: needs an address: " + e.getReason(), e);
    }
    throw new IllegalArgumentException(
        "mjpeg: needs an address, such as mjpeg:http://192.0.2.10:8080/stream");
  }

  private static String number(String what, String text, int largest) {
    if (!text.matches("[0-9]{1,9}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > largest) {
      throw new IllegalArgumentException(what + " must be a number from 1 to " + largest);
    }
    return text;
  }
}
