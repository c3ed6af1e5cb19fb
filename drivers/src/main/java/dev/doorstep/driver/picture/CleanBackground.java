package dev.doorstep.driver.picture;

import java.awt.image.BufferedImage;

/**
 * Makes the paper even and white, shadows and yellow light included: each pixel is told in shares
 * of the bare paper around it. Ink keeps its colour, since all three colours are lifted alike where
 * the paper is; a red seal stays red.
 */
final class CleanBackground {
  /** What is this near to the paper is paper: its grain becomes white, too. */
  private static final float PAPER = 0.93f;

  /** Paper darker than this is print: a dark head, a photograph. It is not made white. */
  private static final float DARKEST = 70;

  private CleanBackground() {}

  static BufferedImage of(BufferedImage picture) {
    Background paper = Background.of(picture);
    int width = picture.getWidth();
    int bands = Canvas.bands(picture);
    BufferedImage result = Canvas.blank(width, picture.getHeight(), Canvas.grey(picture));
    byte[] from = Canvas.bytes(picture);
    byte[] into = Canvas.bytes(result);
    float[][] rows = new float[bands][width];
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int c = 0; c < bands; c++) {
        paper.row(c, y, rows[c]);
      }
      int at = y * width * bands;
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < bands; c++, at++) {
          float share = (from[at] & 0xFF) / Math.max(DARKEST, rows[c][x]) / PAPER;
          into[at] = (byte) Math.min(255, share * 255 + 0.5f);
        }
      }
    }
    return result;
  }
}
