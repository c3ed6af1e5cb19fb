package dev.doorstep.driver.picture;

import boofcv.struct.image.GrayF32;

/** Values of a picture between its pixels. */
final class Sampling {
  private Sampling() {}

  /** Between the four pixels around a place; outside, the nearest edge goes on. */
  static float bilinear(GrayF32 plane, double x, double y) {
    double px = Math.max(0, Math.min(plane.width - 1.001, x));
    double py = Math.max(0, Math.min(plane.height - 1.001, y));
    int x0 = (int) px;
    int y0 = (int) py;
    float fx = (float) (px - x0);
    float fy = (float) (py - y0);
    int i = y0 * plane.width + x0;
    float top = plane.data[i] * (1 - fx) + plane.data[i + 1] * fx;
    float bottom = plane.data[i + plane.width] * (1 - fx) + plane.data[i + plane.width + 1] * fx;
    return top * (1 - fy) + bottom * fy;
  }
}
