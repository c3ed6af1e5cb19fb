package dev.doorstep.driver.echo;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.transport.Transport;
import dev.doorstep.protocol.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A line of the protocol, and how it is read and written.
 *
 * @param word the first word, such as {@code OK}
 * @param text what follows it; may be empty
 */
record EchoLine(String word, String text) {
  private static final int LONGEST = 1000;
  private static final int LF = 0x0A;

  static void check(String text) {
    if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST || text.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("text must be at most 1000 bytes without line ends");
    }
  }

  byte[] bytes() {
    return (word + (text.isEmpty() ? "" : " " + text) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads the next line.
   *
   * @throws DeviceException {@code GARBLED} if it is longer than the protocol allows
   */
  static EchoLine read(Transport transport, Deadline deadline) throws DeviceException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    byte[] one = new byte[1]; // whatever follows the line is left for the next
    transport.read(one, 0, 1, deadline);
    while (one[0] != LF) {
      line.write(one[0]);
      if (line.size() > LONGEST + 4) {
        throw new DeviceException(
            ErrorCode.GARBLED, "a line of more than " + line.size() + " bytes");
      }
      transport.read(one, 0, 1, deadline);
    }
    String text = line.toString(StandardCharsets.UTF_8);
    int space = text.indexOf(' ');
    return space < 0
        ? new EchoLine(text, "")
        : new EchoLine(text.substring(0, space), text.substring(space + 1));
  }
}
