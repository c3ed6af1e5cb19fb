package dev.doorstep.driver.picture;

import java.awt.image.BufferedImage;

/** Makes a picture so many times smaller, each pixel the mean of those it stands for. */
final class Shrink {
  private Shrink() {}

  static BufferedImage by(BufferedImage picture, int step) {
    int width = Math.max(1, picture.getWidth() / step);
    int height = Math.max(1, picture.getHeight() / step);
    int bands = Canvas.bands(picture);
    BufferedImage result = Canvas.blank(width, height, Canvas.grey(picture));
    byte[] from = Canvas.bytes(picture);
    byte[] into = Canvas.bytes(result);
    int across = Math.min(step, picture.getWidth());
    int down = Math.min(step, picture.getHeight());
    int stride = picture.getWidth() * bands;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < bands; c++) {
          int sum = 0;
          for (int dy = 0; dy < down; dy++) {
            int at = (y * step + dy) * stride + x * step * bands + c;
            for (int dx = 0; dx < across; dx++, at += bands) {
              sum += from[at] & 0xFF;
            }
          }
          into[(y * width + x) * bands + c] = (byte) (sum / (across * down));
        }
      }
    }
    return result;
  }
}
