package dev.doorstep.driver.videocamera;

import dev.doorstep.driver.code.ShownCode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.imageio.ImageIO;

/** Small pictures. */
final class Jpegs {
  private Jpegs() {}

  /** Begin, size and end: what a driver that does not decode looks at. */
  static byte[] smallest(int width, int height) {
    return HexFormat.of()
        .parseHex("ffd8" + "ffc0000b08%04x%04x01011100".formatted(height, width) + "ffd9");
  }

  static byte[] of(int width, int height) {
    return of(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB));
  }

  /** A small picture of a QR code. */
  static byte[] code(String text) {
    return of(ShownCode.qr(text, StandardCharsets.US_ASCII, 3));
  }

  private static byte[] of(BufferedImage picture) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, "jpeg", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
