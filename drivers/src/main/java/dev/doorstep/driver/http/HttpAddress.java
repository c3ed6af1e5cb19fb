package dev.doorstep.driver.http;

import dev.doorstep.driver.transport.Connection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Where a device's HTTP server is.
 *
 * @param uri its address, with a host
 * @param port its port
 */
public record HttpAddress(URI uri, int port) {
  /**
   * An address.
   *
   * @param usualPort the port if it names none
   */
  public static HttpAddress of(URI uri, int usualPort) {
    return new HttpAddress(uri, uri.getPort() < 0 ? usualPort : uri.getPort());
  }

  /** The connection to it. */
  public Connection connection() {
    return Connection.parse("tcp:" + authority());
  }

  /** Path and query of the address itself. */
  public String target() {
    String path = Optional.ofNullable(uri.getRawPath()).filter(p -> !p.isEmpty()).orElse("/");
    return path + Optional.ofNullable(uri.getRawQuery()).map(query -> "?" + query).orElse("");
  }

  /**
   * The head of a request, up to its empty line.
   *
   * @param target path and query, in visible ASCII
   * @param fields such as {@code Accept: text/xml}
   */
  public byte[] head(String method, String target, List<String> fields) {
    StringBuilder head = new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1");
    head.append("\r\nHost: ").append(authority());
    for (String field : fields) {
      head.append("\r\n").append(field);
    }
    return head.append("\r\nUser-Agent: doorstep\r\nConnection: close\r\n\r\n")
        .toString()
        .getBytes(StandardCharsets.US_ASCII);
  }

  private String authority() {
    return uri.getHost() + ":" + port;
  }
}
