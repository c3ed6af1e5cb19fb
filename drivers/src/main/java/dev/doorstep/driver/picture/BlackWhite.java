package dev.doorstep.driver.picture;

import java.awt.image.BufferedImage;

/** Black and white alone: black is what is clearly darker than the bare paper around it. */
final class BlackWhite {
  private static final float INK = 0.72f;
  private static final float DARKEST = 60;

  private BlackWhite() {}

  /** Of a grey picture; the result has one bit for each pixel. */
  static BufferedImage of(BufferedImage grey) {
    Background paper = Background.of(grey);
    int width = grey.getWidth();
    int height = grey.getHeight();
    BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY);
    byte[] from = Canvas.bytes(grey);
    byte[] into = Canvas.bytes(result);
    int stride = (width + 7) / 8;
    float[] row = new float[width];
    for (int y = 0; y < height; y++) {
      paper.row(0, y, row);
      for (int x = 0; x < width; x++) {
        if ((from[y * width + x] & 0xFF) > INK * Math.max(DARKEST, row[x])) {
          into[y * stride + (x >> 3)] |= (byte) (0x80 >> (x & 7));
        }
      }
    }
    return result;
  }
}
