package dev.doorstep.driver.videocamera;

import java.util.Optional;

/**
 * The size that a JPEG names in its start-of-frame segment (ITU-T T.81, B.2.2), found without
 * decoding.
 */
record JpegSize(int width, int height) {
  private static final int MARKER = 0xFF;

  /** The size, or empty if the bytes are no JPEG that names one. */
  static Optional<JpegSize> of(byte[] jpeg) {
    int at = 2; // after FF D8
    while (at + 9 <= jpeg.length && u8(jpeg, at) == MARKER) {
      int kind = u8(jpeg, at + 1);
      if (kind == MARKER) {
        at++; // fill byte
      } else if (startOfFrame(kind)) {
        int height = u16(jpeg, at + 5);
        int width = u16(jpeg, at + 7);
        return width > 0 && height > 0
            ? Optional.of(new JpegSize(width, height))
            : Optional.empty();
      } else {
        at += 2 + Math.max(2, u16(jpeg, at + 2));
      }
    }
    return Optional.empty();
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
