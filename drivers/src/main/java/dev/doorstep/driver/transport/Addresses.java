package dev.doorstep.driver.transport;

import dev.doorstep.protocol.Names;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** What the addresses of connections look like, scheme by scheme. Errors repeat no password. */
final class Addresses {
  /** A name or an address; that of IPv6 stands in brackets. */
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+(%[A-Za-z0-9._-]+)?]");

  /** A name of a SANE back end: what can be typed, in some length. */
  private static final Pattern DEVICE = Pattern.compile("[\\x21-\\x7E][\\x20-\\x7E]{0,255}");

  private static final int HIGHEST_PORT = 65_535;

  private Addresses() {}

  /**
   * Checks what follows the scheme's colon.
   *
   * @throws IllegalArgumentException that says what is wrong and how it should look
   */
  static void check(String scheme, String rest) {
    switch (scheme) {
      case "tcp" -> hostAndPort(rest, "tcp:", "tcp:192.0.2.10:9100");
      case "mjpeg" -> http(rest, "mjpeg:", "mjpeg:http://192.0.2.10:8080/stream");
      case "escl" -> http(rest, "escl:", "escl:http://192.0.2.10/eSCL");
      case "ipp" -> uri("ipp:" + rest, "ipp", "ipp:", "ipp://localhost:631/printers/office");
      case "sane" -> sane(rest);
      case "v4l2" -> video(rest);
      case "ws" -> service(rest);
      case "screen" -> Names.check("the name of the screen", rest);
      default -> {} // names that only the system knows
    }
  }

  /** Gives a text that is a whole number from 1 on. */
  static String number(String what, String text, int largest) {
    if (!text.matches("[0-9]{1,9}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > largest) {
      throw new IllegalArgumentException(what + " must be a number from 1 to " + largest);
    }
    return text;
  }

  private static void hostAndPort(String rest, String scheme, String example) {
    int colon = rest.lastIndexOf(':');
    if (colon < 1 || !HOST.matcher(rest.substring(0, colon)).matches()) {
      throw new IllegalArgumentException(scheme + " needs host and port, such as " + example);
    }
    number("the port", rest.substring(colon + 1), HIGHEST_PORT);
  }

  private static void http(String rest, String scheme, String example) {
    uri(rest, "http", scheme, example);
  }

  private static void uri(String text, String kind, String scheme, String example) {
    try {
      URI address = new URI(text);
      if (kind.equals(address.getScheme())
          && address.getHost() != null
          && address.getRawFragment() == null) {
        if (address.getRawUserInfo() != null) {
          throw new IllegalArgumentException(scheme + " takes no user and password");
        }
        if (address.getPort() != -1) {
          number("the port", Integer.toString(address.getPort()), HIGHEST_PORT);
        }
        return;
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(scheme + " needs an address: " + e.getReason(), e);
    }
    throw new IllegalArgumentException(scheme + " needs an address, such as " + example);
  }

  /** The device of a SANE back end may have colons and slashes of its own. */
  private static void sane(String rest) {
    String example = "sane:127.0.0.1:6566/test:0";
    int slash = rest.indexOf('/');
    if (slash < 0 || !DEVICE.matcher(rest.substring(slash + 1)).matches()) {
      throw new IllegalArgumentException("sane: needs a device after the port, such as " + example);
    }
    hostAndPort(rest.substring(0, slash), "sane:", example);
  }

  private static void video(String rest) {
    String path = rest.startsWith("file:") ? rest.substring("file:".length()) : rest;
    if (!path.startsWith("/") && !rest.matches("lavfi:.+")) {
      throw new IllegalArgumentException(
          "v4l2: needs a device, such as v4l2:/dev/video0; for tests v4l2:file:/path.mjpeg or"
              + " v4l2:lavfi:testsrc2");
    }
  }

  private static void service(String rest) {
    String example = "ws://127.0.0.1:9000";
    int path = rest.indexOf('/', 2);
    if (!rest.startsWith("//") || (path >= 0 && !rest.substring(path).matches("[!-~]{1,200}"))) {
      throw new IllegalArgumentException("ws: needs an address, such as " + example);
    }
    hostAndPort(path < 0 ? rest.substring(2) : rest.substring(2, path), "ws://", example);
  }
}
