package dev.doorstep.driver.camera;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceSettings;
import dev.doorstep.protocol.ErrorCode;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The size that a JPEG names in its start-of-frame segment (ITU-T T.81, B.2.2), found without
 * decoding.
 *
 * @param width in pixels
 * @param height in pixels
 */
public record JpegSize(int width, int height) {
  private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{1,4})x([1-9][0-9]{1,4})");
  private static final int MARKER = 0xFF;

  /** The last two bits of C2, C6, CA and CE. */
  private static final int PROGRESSIVE = 2;

  /** The size, or empty if the bytes are no JPEG that names one. */
  public static Optional<JpegSize> of(byte[] jpeg) {
    OptionalInt head = head(jpeg);
    if (head.isEmpty()) {
      return Optional.empty();
    }
    int height = u16(jpeg, head.getAsInt() + 5);
    int width = u16(jpeg, head.getAsInt() + 7);
    return width > 0 && height > 0 ? Optional.of(new JpegSize(width, height)) : Optional.empty();
  }

  /** Whether its decoder has to hold the whole picture, coarse at first, before it gives a row. */
  static boolean isProgressive(byte[] jpeg) {
    OptionalInt head = head(jpeg);
    return head.isPresent() && (u8(jpeg, head.getAsInt() + 1) & 3) == PROGRESSIVE;
  }

  /** Where the start-of-frame segment begins. */
  private static OptionalInt head(byte[] jpeg) {
    int at = 2; // after FF D8
    while (at + 9 <= jpeg.length && u8(jpeg, at) == MARKER) {
      int kind = u8(jpeg, at + 1);
      if (startOfFrame(kind)) {
        return OptionalInt.of(at);
      }
      at += kind == MARKER ? 1 : 2 + Math.max(2, u16(jpeg, at + 2)); // a fill byte, or a segment
    }
    return OptionalInt.empty();
  }

  /**
   * The option {@code size} of a device's configuration, if it is there.
   *
   * @throws DeviceException {@code UNSUPPORTED} if it is none
   */
  public static Optional<JpegSize> option(DeviceSettings settings) throws DeviceException {
    Optional<String> option = settings.option("size");
    if (option.isPresent() && of(option.get()).isEmpty()) {
      throw new DeviceException(
          ErrorCode.UNSUPPORTED, "the option size is a width and a height, such as 1920x1080");
    }
    return option.flatMap(JpegSize::of);
  }

  /** A size as {@code 1920x1080}, or empty if that is none. */
  public static Optional<JpegSize> of(String text) {
    Matcher size = TEXT.matcher(text);
    return size.matches()
        ? Optional.of(
            new JpegSize(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2))))
        : Optional.empty();
  }

  /** How many pixels it has. */
  public long area() {
    return (long) width * height;
  }

  /** As {@code 1920x1080}. */
  @Override
  public String toString() {
    return width + "x" + height;
  }

  /** C0 … CF but C4 (Huffman tables), C8 (reserved) and CC (arithmetic conditioning). */
  private static boolean startOfFrame(int kind) {
    return kind >= 0xC0 && kind <= 0xCF && kind != 0xC4 && kind != 0xC8 && kind != 0xCC;
  }

  private static int u8(byte[] bytes, int at) {
    return bytes[at] & 0xFF;
  }

  private static int u16(byte[] bytes, int at) {
    return (u8(bytes, at) << 8) | u8(bytes, at + 1);
  }
}
