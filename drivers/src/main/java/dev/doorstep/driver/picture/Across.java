package dev.doorstep.driver.picture;

import boofcv.struct.image.GrayF32;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads a small picture along a side, so many pixels to its right. Values are logarithms: a shadow
 * that lies over paper and desk alike takes nothing away from how they differ.
 */
final class Across {
  static final int PACE = 2; // pixels between places
  private static final int WINDOW = 2; // places each way that are taken together

  /** Logarithms of the grey levels and of so many parts of each. */
  private static final int PARTS = 8;

  /** So that dark places, where noise is all there is, differ little. */
  private static final int DARK = 10;

  private static final double[] LOGS =
      IntStream.rangeClosed(0, 256 * PARTS)
          .mapToDouble(part -> Math.log(part / (double) PARTS + DARK))
          .toArray();

  private final EdgeMap edges;
  private final Line.Point a;
  private final double length;
  private final double dx;
  private final double dy;

  /** Along a to b. */
  Across(EdgeMap edges, Line.Point a, Line.Point b) {
    this.edges = edges;
    this.a = a;
    this.length = Math.hypot(b.x() - a.x(), b.y() - a.y());
    this.dx = (b.x() - a.x()) / length;
    this.dy = (b.y() - a.y()) / length;
  }

  double length() {
    return length;
  }

  /** Without letters: for each offset and colour the places that are seen. */
  double[][][] plain(double from, double until, int... offsets) {
    return read(edges.far(), from, until, offsets);
  }

  /** With letters. */
  double[][][] fine(double from, double until, int... offsets) {
    return read(edges.near(), from, until, offsets);
  }

  private double[][][] read(List<GrayF32> planes, double from, double until, int[] offsets) {
    int most = Math.max(0, (int) ((until - from) / PACE));
    double[] xs = new double[most];
    double[] ys = new double[most];
    int n = 0;
    for (int i = 0; i < most; i++) {
      double at = from + (i + 0.5) * PACE;
      Line.Point p = new Line.Point(a.x() + at * dx, a.y() + at * dy);
      if (edges.seen(p)) {
        xs[n] = p.x();
        ys[n++] = p.y();
      }
    }
    double[][][] values = new double[offsets.length][3][];
    for (int o = 0; o < offsets.length; o++) {
      for (int c = 0; c < 3; c++) {
        double[] row = new double[n];
        for (int i = 0; i < n; i++) {
          row[i] = log(planes.get(c), xs[i] - dy * offsets[o], ys[i] + dx * offsets[o]);
        }
        values[o][c] = smooth(row);
      }
    }
    return values;
  }

  private static double log(GrayF32 plane, double x, double y) {
    int column = (int) Math.max(0, Math.min(plane.width - 1, Math.round(x)));
    int row = (int) Math.max(0, Math.min(plane.height - 1, Math.round(y)));
    return LOGS[(int) (plane.data[row * plane.width + column] * PARTS)];
  }

  private static double[] smooth(double[] row) {
    double[] sums = new double[row.length + 1];
    for (int i = 0; i < row.length; i++) {
      sums[i + 1] = sums[i] + row[i];
    }
    double[] result = new double[row.length];
    for (int i = 0; i < row.length; i++) {
      int low = Math.max(0, i - WINDOW);
      int high = Math.min(row.length, i + WINDOW + 1);
      result[i] = (sums[high] - sums[low]) / (high - low);
    }
    return result;
  }

  static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return values.length == 0 ? 0 : sum / values.length;
  }

  /** How much two places differ in the colour in which they do most. */
  static double most(double[][] one, double[][] other, int place) {
    double most = 0;
    for (int c = 0; c < 3; c++) {
      most = Math.max(most, Math.abs(one[c][place] - other[c][place]));
    }
    return most;
  }
}
