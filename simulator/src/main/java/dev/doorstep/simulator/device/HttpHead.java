package dev.doorstep.simulator.device;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The head of an HTTP/1.1 message, request or response.
 *
 * @param first its request line or status line
 * @param fields its header fields, names in lower case
 */
record HttpHead(String first, Map<String, String> fields) {

  private static final int MAX_BYTES = 8192;

  HttpHead {
    fields = Map.copyOf(fields);
  }

  /**
   * Reads a head up to and with its empty line.
   *
   * @throws IOException if the stream ends before, or the head is longer than 8 KiB
   */
  static HttpHead read(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int lineLength = 0;
    while (true) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("the line closed within an HTTP head");
      }
      if (bytes.size() >= MAX_BYTES) {
        throw new IOException("an HTTP head of more than " + MAX_BYTES + " bytes");
      }
      bytes.write(b);
      if (b == '\n') {
        if (lineLength == 0) {
          return parse(bytes.toString(StandardCharsets.ISO_8859_1));
        }
        lineLength = 0;
      } else if (b != '\r') {
        lineLength++;
      }
    }
  }

  /** A header field, if it is there. */
  Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name.toLowerCase(Locale.ROOT)));
  }

  private static HttpHead parse(String text) {
    List<String> lines = text.lines().toList();
    Map<String, String> fields = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        fields.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
      }
    }
    return new HttpHead(lines.get(0), fields);
  }
}
