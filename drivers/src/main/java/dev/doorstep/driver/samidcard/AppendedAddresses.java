package dev.doorstep.driver.samidcard;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** The answer to 30 03: up to four places of 70 bytes UTF-16LE, padded with spaces. */
final class AppendedAddresses {
  /**
   * Places are filled from the first on, so that the last one with text is the newest. [U]: that
   * the order is that of time is inferred; most readers give one place alone.
   */
  private static final int PLACE_UNITS = 35;

  private AppendedAddresses() {}

  /**
   * The newest of them; empty if all are blank.
   *
   * @throws DeviceException {@code GARBLED} if the data ends in half a character
   */
  static Optional<String> newest(byte[] data) throws DeviceException {
    if (data.length % 2 != 0) {
      throw new DeviceException(
          ErrorCode.GARBLED, "read appended address: %d bytes".formatted(data.length));
    }
    // Char by char, as in CardText: what is malformed must not move the places behind it.
    String text = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).asCharBuffer().toString();
    Optional<String> newest = Optional.empty();
    for (int from = 0; from < text.length(); from += PLACE_UNITS) {
      Optional<String> place =
          CardText.text(text.substring(from, Math.min(from + PLACE_UNITS, text.length())));
      newest = place.isPresent() ? place : newest;
    }
    return newest;
  }
}
