package dev.doorstep.driver.picture;

import boofcv.struct.image.GrayF32;
import java.util.Arrays;

/**
 * Morphological closing with a square: what is dark and thinner than it, such as letters and rules
 * on paper, takes the colour of what is around it, while straight edges stay where they are. The
 * library closes black-and-white pictures alone.
 */
final class Closing {
  private Closing() {}

  /** Closes it with a square of 2 · radius + 1 pixels. */
  static GrayF32 of(GrayF32 picture, int radius) {
    GrayF32 result = new GrayF32(picture.width, picture.height);
    System.arraycopy(picture.data, 0, result.data, 0, result.data.length);
    across(result, radius, true);
    down(result, radius, true);
    across(result, radius, false);
    down(result, radius, false);
    return result;
  }

  private static void across(GrayF32 picture, int radius, boolean greatest) {
    int width = picture.width;
    float[] row = new float[width + 2 * radius];
    for (int y = 0; y < picture.height; y++) {
      System.arraycopy(picture.data, y * width, row, radius, width);
      Arrays.fill(row, 0, radius, row[radius]);
      Arrays.fill(row, radius + width, row.length, row[radius + width - 1]);
      extreme(row, 1, radius, greatest);
      System.arraycopy(row, 0, picture.data, y * width, width);
    }
  }

  private static void down(GrayF32 picture, int radius, boolean greatest) {
    int width = picture.width;
    int height = picture.height;
    float[] rows = new float[width * (height + 2 * radius)];
    for (int y = -radius; y < height + radius; y++) {
      int from = Math.max(0, Math.min(height - 1, y)) * width;
      System.arraycopy(picture.data, from, rows, (y + radius) * width, width);
    }
    extreme(rows, width, radius, greatest);
    System.arraycopy(rows, 0, picture.data, 0, picture.data.length);
  }

  /** Each value becomes the extreme of itself and the 2 · radius next, so many places apart. */
  private static void extreme(float[] values, int step, int radius, boolean greatest) {
    // over 1, 2, 4 … values, and at last over two such that overlap
    int width = 1;
    for (; 2 * width <= 2 * radius + 1; width *= 2) {
      widen(values, width * step, greatest);
    }
    widen(values, (2 * radius + 1 - width) * step, greatest);
  }

  private static void widen(float[] values, int by, boolean greatest) {
    int end = values.length - by;
    if (greatest) {
      for (int i = 0; i < end; i++) {
        values[i] = Math.max(values[i], values[i + by]);
      }
    } else {
      for (int i = 0; i < end; i++) {
        values[i] = Math.min(values[i], values[i + by]);
      }
    }
  }
}
