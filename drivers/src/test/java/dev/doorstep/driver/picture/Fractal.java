package dev.doorstep.driver.picture;

import java.util.Random;

/** Value noise that repeats, of so many octaves, about -1 to 1. */
final class Fractal {
  private static final int TILE = 512;
  private final float[] tile = new float[TILE * TILE];

  /**
   * @param octaves above 3 broad clouds with all that is finer, else grain
   */
  Fractal(Random random, int octaves) {
    float weight = 1;
    float sum = 0;
    for (int o = 0; o < octaves; o++) {
      add(random, octaves > 3 ? 4 << o : TILE >> o, weight);
      sum += weight * 0.6f;
      weight *= 0.65f;
    }
    for (int i = 0; i < tile.length; i++) {
      tile[i] /= sum;
    }
  }

  private void add(Random random, int cells, float weight) {
    float[] knots = new float[cells * cells];
    for (int i = 0; i < knots.length; i++) {
      knots[i] = random.nextFloat() * 2 - 1;
    }
    int step = TILE / cells;
    for (int y = 0; y < TILE; y++) {
      int y0 = y / step;
      float fy = y % step / (float) step;
      for (int x = 0; x < TILE; x++) {
        int x0 = x / step;
        float fx = x % step / (float) step;
        int x1 = (x0 + 1) % cells;
        int y1 = (y0 + 1) % cells;
        float top = knots[y0 * cells + x0] * (1 - fx) + knots[y0 * cells + x1] * fx;
        float low = knots[y1 * cells + x0] * (1 - fx) + knots[y1 * cells + x1] * fx;
        tile[y * TILE + x] += weight * (top * (1 - fy) + low * fy);
      }
    }
  }

  double at(double x, double y) {
    int x0 = (int) Math.floor(x);
    int y0 = (int) Math.floor(y);
    double fx = x - x0;
    double fy = y - y0;
    int a = (y0 & (TILE - 1)) * TILE;
    int b = ((y0 + 1) & (TILE - 1)) * TILE;
    int l = x0 & (TILE - 1);
    int r = (x0 + 1) & (TILE - 1);
    return (tile[a + l] * (1 - fx) + tile[a + r] * fx) * (1 - fy)
        + (tile[b + l] * (1 - fx) + tile[b + r] * fx) * fy;
  }
}
