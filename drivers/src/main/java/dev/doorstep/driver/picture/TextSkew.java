package dev.doorstep.driver.picture;

import boofcv.struct.image.GrayF32;
import java.awt.image.BufferedImage;

/**
 * By how many degrees the lines of text are turned: seen along them, rows are either ink or paper,
 * so the sums of rows differ most at the right angle (Postl 1986).
 */
final class TextSkew {
  private static final int LONGEST = 900;
  private static final double MOST = 15;
  private static final double COARSE = 0.5;
  private static final double FINE = 0.05;

  private TextSkew() {}

  /** Clockwise; 0 for a page without lines. */
  static double of(BufferedImage picture) {
    GrayF32 small = Thumbnail.of(picture, LONGEST).planes().get(1);
    double best = strongest(small, 0, MOST, COARSE);
    best = strongest(small, best, COARSE, FINE);
    return sharpness(small, best) > 1.15 * sharpness(small, best + 3) ? best : 0;
  }

  private static double strongest(GrayF32 picture, double middle, double reach, double step) {
    double best = middle;
    double most = sharpness(picture, middle);
    for (double d = step; d <= reach + 1e-9; d += step) {
      for (double angle : new double[] {middle + d, middle - d}) {
        double value = sharpness(picture, angle);
        if (value > most) {
          most = value;
          best = angle;
        }
      }
    }
    return best;
  }

  /** How much neighbouring rows differ in their sums, the rows being turned so. */
  private static double sharpness(GrayF32 picture, double degrees) {
    double slope = Math.tan(Math.toRadians(degrees));
    int margin = picture.width / 12;
    int height = picture.height;
    double[] sums = new double[height];
    int[] counts = new int[height];
    for (int x = margin; x < picture.width - margin; x += 2) {
      double shift = slope * (x - picture.width / 2.0);
      int whole = (int) Math.floor(shift);
      float part = (float) (shift - whole);
      for (int y = 0; y < height; y++) {
        int from = y + whole;
        if (from >= 0 && from + 1 < height) {
          int i = from * picture.width + x;
          sums[y] += picture.data[i] * (1 - part) + picture.data[i + picture.width] * part;
          counts[y]++;
        }
      }
    }
    double value = 0;
    int least = (picture.width - 2 * margin) / 4;
    for (int y = 1; y < height; y++) {
      if (counts[y] > least && counts[y - 1] > least) {
        double d = sums[y] / counts[y] - sums[y - 1] / counts[y - 1];
        value += d * d;
      }
    }
    return value;
  }
}
