package dev.doorstep.driver.scan;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.picture.ExifOrientation;
import dev.doorstep.driver.transport.CarriedException;
import dev.doorstep.protocol.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What stands at the head of a JPEG (ITU-T T.81, B.1.1.3 and B.2.2), up to its start of frame.
 *
 * <pre>
 *   FF D8 | FF En  length  … | FF DB length … | FF Cn  length  bits  height  width  components …
 * </pre>
 */
final class JpegHead {
  /** Colour profiles and previews stand before the frame, in segments of up to 64 KiB. */
  private static final int LONGEST = 1 << 20;

  private static final int MARKER = 0xFF;
  private static final int START = 0xD8;
  private static final int END = 0xD9;

  private final byte[] bytes;
  private final int width;
  private final int height;
  private final int components;

  private JpegHead(byte[] bytes, int width, int height, int components) {
    this.bytes = bytes;
    this.width = width;
    this.height = height;
    this.components = components;
  }

  /** A stream of all bytes that were read. */
  InputStream bytes() {
    return new ByteArrayInputStream(bytes);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** 1 for grey, 3 for colour. */
  int components() {
    return components;
  }

  /** How it says that it is to be shown. */
  ExifOrientation shown() {
    byte[] ended = Arrays.copyOf(bytes, bytes.length + 2);
    ended[bytes.length] = (byte) MARKER;
    ended[bytes.length + 1] = (byte) END;
    return ExifOrientation.of(ended);
  }

  /**
   * Reads up to the start of frame.
   *
   * @throws CarriedException {@code GARBLED} if this is no JPEG of grey or colour that names its
   *     size
   */
  static JpegHead read(InputStream in) throws IOException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    if (next(in, kept) != MARKER || next(in, kept) != START) {
      throw noJpeg("begins", kept.toByteArray());
    }
    while (kept.size() < LONGEST) {
      int kind = kind(in, kept);
      int length = u16(in, kept) - 2;
      if (length < 0) {
        throw noJpeg("begins", kept.toByteArray());
      }
      byte[] segment = in.readNBytes(length);
      kept.write(segment);
      if (segment.length < length) {
        throw noJpeg("ends after", kept.toByteArray());
      }
      if (startOfFrame(kind)) {
        return frame(segment, kept.toByteArray());
      }
    }
    throw noJpeg("has no frame and begins", kept.toByteArray());
  }

  private static JpegHead frame(byte[] segment, byte[] kept) throws CarriedException {
    if (segment.length < 6) {
      throw noJpeg("has a short frame and begins", kept);
    }
    int height = u8(segment, 1) << 8 | u8(segment, 2);
    int width = u8(segment, 3) << 8 | u8(segment, 4);
    int components = u8(segment, 5);
    if (width < 1 || width > Raster.LONGEST || height < 1 || height > Raster.LONGEST) {
      throw new CarriedException(
          new DeviceException(ErrorCode.GARBLED, "a JPEG of " + width + " x " + height));
    }
    if (u8(segment, 0) != 8 || (components != 1 && components != 3)) {
      throw new CarriedException(
          new DeviceException(
              ErrorCode.UNSUPPORTED,
              "a JPEG of %d components of %d bits".formatted(components, u8(segment, 0))));
    }
    return new JpegHead(kept, width, height, components);
  }

  private static int kind(InputStream in, ByteArrayOutputStream kept) throws IOException {
    int b = next(in, kept);
    if (b != MARKER) {
      throw noJpeg("begins", kept.toByteArray());
    }
    while (b == MARKER && kept.size() < LONGEST) { // it may be repeated as a filler
      b = next(in, kept);
    }
    return b;
  }

  /** C0 … CF but C4 (Huffman tables), C8 (reserved) and CC (arithmetic conditioning). */
  private static boolean startOfFrame(int kind) {
    return kind >= 0xC0 && kind <= 0xCF && kind != 0xC4 && kind != 0xC8 && kind != 0xCC;
  }

  private static int u16(InputStream in, ByteArrayOutputStream kept) throws IOException {
    return next(in, kept) << 8 | next(in, kept);
  }

  private static int u8(byte[] bytes, int at) {
    return bytes[at] & 0xFF;
  }

  private static int next(InputStream in, ByteArrayOutputStream kept) throws IOException {
    int b = in.read();
    if (b < 0) {
      throw noJpeg("ends after", kept.toByteArray());
    }
    kept.write(b);
    return b;
  }

  private static CarriedException noJpeg(String what, byte[] kept) {
    HexFormat hex = HexFormat.ofDelimiter(" ").withUpperCase();
    return new CarriedException(
        new DeviceException(
            ErrorCode.GARBLED,
            "no JPEG: it %s %s (%d bytes)"
                .formatted(what, hex.formatHex(kept, 0, Math.min(8, kept.length)), kept.length)));
  }
}
