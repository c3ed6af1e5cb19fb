package dev.doorstep.driver.esclscanner;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.http.HttpAddress;
import dev.doorstep.driver.http.HttpResponse;
import dev.doorstep.driver.transport.Patience;
import dev.doorstep.driver.transport.Transport;
import dev.doorstep.driver.transport.Transports;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One request and its response, on a connection of its own.
 *
 * @param transport closed with it
 */
record EsclExchange(Transport transport, HttpResponse response) implements AutoCloseable {
  /**
   * Sends a request and reads the head of its response.
   *
   * @param path from the root of its server, checked
   * @param xml the body; none for a request without one
   */
  static EsclExchange send(
      Transports transports,
      HttpAddress scanner,
      String method,
      String path,
      String xml,
      Patience patience)
      throws DeviceException {
    Transport transport = transports.open(scanner.connection(), patience.due());
    try {
      transport.write(request(scanner, method, path, xml), patience.due());
      return new EsclExchange(transport, HttpResponse.read(transport, patience));
    } catch (DeviceException e) {
      transport.close();
      throw e;
    }
  }

  @Override
  public void close() {
    transport.close();
  }

  private static byte[] request(HttpAddress scanner, String method, String path, String xml) {
    byte[] body = xml.getBytes(StandardCharsets.UTF_8);
    List<String> about =
        body.length == 0
            ? List.of()
            : List.of("Content-Type: text/xml; charset=utf-8", "Content-Length: " + body.length);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(scanner.head(method, path, about));
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }
}
