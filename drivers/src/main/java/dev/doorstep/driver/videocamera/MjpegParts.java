package dev.doorstep.driver.videocamera;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * The parts of a motion-JPEG stream, one after the other.
 *
 * <p>Cameras differ in the boundary: some name it with the two hyphens that stand before it in the
 * stream, some without; both are taken.
 */
final class MjpegParts {
  /** The largest part that is taken, in bytes. */
  private static final int LARGEST = 8 << 20;

  private static final int FIRST_ROOM = 1 << 16;

  private static final int LONGEST_LINE = 1024;
  private static final int MOST_LINES = 64;
  private static final String LENGTH = "content-length:";

  private final InputStream in;
  private final Delimiter delimiter;
  private final int largest;
  private boolean delimiterPassed;

  /**
   * Reads from where the body begins.
   *
   * @param in should be buffered: it is read byte by byte
   * @param boundary as the head of the response names it
   */
  MjpegParts(InputStream in, String boundary) {
    this(in, boundary, LARGEST);
  }

  MjpegParts(InputStream in, String boundary, int largest) {
    this.in = in;
    this.largest = largest;
    String bare = boundary.startsWith("--") ? boundary.substring(2) : boundary;
    this.delimiter = new Delimiter("--" + bare);
  }

  /**
   * The bytes of the next part.
   *
   * @throws DeviceException {@code DOCUMENT_TOO_LARGE}, or {@code GARBLED} if this is no multipart
   *     stream
   */
  byte[] next() throws IOException, DeviceException {
    if (!delimiterPassed) {
      skipToDelimiter();
    }
    delimiterPassed = false;
    OptionalInt length = head();
    return length.isPresent() ? exactly(length.getAsInt()) : upToDelimiter();
  }

  /** Passes over the rest of a part whose announced length was wrong, too. */
  private void skipToDelimiter() throws IOException, DeviceException {
    for (int skipped = 0; !delimiter.endsWith(read()); skipped++) {
      if (skipped > largest) {
        throw garbled("no boundary");
      }
    }
    line(); // the rest of the boundary's line: white space, or the two hyphens of the last one
  }

  private OptionalInt head() throws IOException, DeviceException {
    OptionalInt length = OptionalInt.empty();
    for (int lines = 0; lines < MOST_LINES; lines++) {
      String line = line();
      if (line.isEmpty()) {
        return length;
      }
      if (line.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
        length = OptionalInt.of(length(line.substring(LENGTH.length()).strip()));
      }
    }
    throw garbled("a part with more than " + MOST_LINES + " lines of head");
  }

  private int length(String digits) throws DeviceException {
    if (!digits.matches("[0-9]{1,18}")) {
      throw garbled("a part whose length is no number");
    }
    if (Long.parseLong(digits) > largest) {
      throw tooLarge();
    }
    return Integer.parseInt(digits);
  }

  private byte[] exactly(int length) throws IOException, DeviceException {
    byte[] part = in.readNBytes(length); // grows with what comes, not with what was announced
    if (part.length < length) {
      throw ended();
    }
    return part;
  }

  private byte[] upToDelimiter() throws IOException, DeviceException {
    byte[] part = new byte[FIRST_ROOM];
    int size = 0;
    int b = read();
    while (!delimiter.endsWith(b)) {
      if (size > largest) {
        throw tooLarge();
      }
      if (size == part.length) {
        part = Arrays.copyOf(part, 2 * size);
      }
      part[size++] = (byte) b;
      b = read();
    }
    line();
    delimiterPassed = true;
    return Arrays.copyOf(part, size - (delimiter.length() - 1));
  }

  private String line() throws IOException, DeviceException {
    StringBuilder line = new StringBuilder();
    for (int b = read(); b != '\n'; b = read()) {
      if (line.length() == LONGEST_LINE) {
        throw garbled("a line of more than " + LONGEST_LINE + " bytes in the head of a part");
      }
      line.append((char) b);
    }
    return line.toString().strip();
  }

  private int read() throws IOException, DeviceException {
    int b = in.read();
    if (b < 0) {
      throw ended();
    }
    return b;
  }

  private DeviceException tooLarge() {
    return new DeviceException(
        ErrorCode.DOCUMENT_TOO_LARGE, "a picture of more than " + largest + " bytes");
  }

  private static DeviceException garbled(String what) {
    return new DeviceException(ErrorCode.GARBLED, what);
  }

  private static DeviceException ended() {
    return new DeviceException(ErrorCode.DISCONNECTED, "the stream ended");
  }
}
