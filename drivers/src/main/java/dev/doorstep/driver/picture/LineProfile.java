package dev.doorstep.driver.picture;

import boofcv.struct.image.GrayF32;

/**
 * Where along a line its two sides differ, close to it and some way off: so they do along the side
 * of a page, but not along a printed rule, with paper on both sides. Kept as running sums, so that
 * any stretch of the line is asked at once.
 */
final class LineProfile {
  private static final double NEAR = 2;
  private static final double FAR = 6;
  private static final int SHORTEST = 12; // places
  private static final int SMOOTH = 2; // places each way

  /** Pixels between the places that are looked at. */
  private static final int PACE = 2;

  /** From how many grey levels on a difference is as clear as can be. */
  private static final double CLEAR = 4;

  private final Line line;
  private final int start;
  private final float[] support;
  private final float[][] steps;
  private final float[] sizes;
  private final float[][] levels;
  private final int[] seen;

  private LineProfile(
      Line line,
      int start,
      float[] support,
      float[][] steps,
      float[] sizes,
      float[][] levels,
      int[] seen) {
    this.line = line;
    this.levels = levels;
    this.start = start;
    this.support = support;
    this.steps = steps;
    this.sizes = sizes;
    this.seen = seen;
  }

  Line line() {
    return line;
  }

  static LineProfile of(EdgeMap edges, Line line) {
    double[] ends = visible(edges, line);
    int start = (int) Math.floor(ends[0]) - 1;
    int length = Math.max(1, ((int) Math.ceil(ends[1]) + 2 - start) / PACE + 1);
    float[][] near = new float[3][length];
    float[][] far = new float[3][length];
    float[][] bare = new float[2][length];
    boolean[] inside = new boolean[length];
    for (int i = 0; i < length; i++) {
      Line.Point p = line.at(start + i * PACE);
      inside[i] = edges.seen(p);
      if (!inside[i]) {
        continue;
      }
      GrayF32 green = edges.far().get(1);
      bare[0][i] = Sampling.bilinear(green, p.x() - line.nx() * FAR, p.y() - line.ny() * FAR);
      bare[1][i] = Sampling.bilinear(green, p.x() + line.nx() * FAR, p.y() + line.ny() * FAR);
      for (int c = 0; c < 3; c++) {
        near[c][i] = step(edges.near().get(c), line, p, NEAR);
        far[c][i] = step(edges.far().get(c), line, p, FAR);
      }
    }
    for (int c = 0; c < 3; c++) {
      near[c] = smooth(near[c], inside);
      far[c] = smooth(far[c], inside);
    }
    float[] support = new float[length + 1];
    float[][] steps = new float[3][length + 1];
    float[] sizes = new float[length + 1];
    float[][] levels = new float[2][length + 1];
    int[] seen = new int[length + 1];
    double[] step = new double[3];
    for (int i = 0; i < length; i++) {
      double size = 0;
      if (inside[i]) {
        size = clear(near, far, i, step);
      }
      for (int c = 0; c < 3; c++) {
        steps[c][i + 1] = steps[c][i] + (float) (inside[i] ? step[c] : 0);
      }
      for (int side = 0; side < 2; side++) {
        levels[side][i + 1] = levels[side][i] + (inside[i] ? bare[side][i] : 0);
      }
      sizes[i + 1] = sizes[i] + (float) size;
      support[i + 1] = support[i] + (float) Math.min(1, size / CLEAR);
      seen[i + 1] = seen[i] + (inside[i] ? 1 : 0);
    }
    return new LineProfile(line, start, support, steps, sizes, levels, seen);
  }

  /** The mean over a little way along the line, of what is inside the picture. */
  private static float[] smooth(float[] values, boolean[] inside) {
    float[] result = new float[values.length];
    float sum = 0;
    int count = 0;
    for (int i = -SMOOTH; i < values.length; i++) {
      int in = i + SMOOTH;
      int out = i - SMOOTH - 1;
      if (in < values.length && inside[in]) {
        sum += values[in];
        count++;
      }
      if (out >= 0 && inside[out]) {
        sum -= values[out];
        count--;
      }
      if (i >= 0 && count > 0) {
        result[i] = sum / count;
      }
    }
    return result;
  }

  /** The step in each colour, and the size of the greatest. */
  private static double clear(float[][] near, float[][] far, int at, double[] step) {
    double best = 0;
    for (int c = 0; c < 3; c++) {
      double n = near[c][at];
      double f = far[c][at];
      step[c] = n * f > 0 ? Math.signum(n) * Math.min(Math.abs(n), Math.abs(f)) : 0;
      best = Math.max(best, Math.abs(step[c]));
    }
    return best;
  }

  /** How much the steps along a stretch are one and the same, 0 to 1. */
  double unity(double from, double until) {
    int a = index(Math.min(from, until));
    int b = index(Math.max(from, until));
    double sum = sizes[b] - sizes[a];
    double most = 0;
    for (int c = 0; c < 3; c++) {
      most = Math.max(most, Math.abs(steps[c][b] - steps[c][a]));
    }
    return sum <= 0 ? 0 : most / sum;
  }

  /**
   * How bright it is beside a stretch, letters apart.
   *
   * @param ahead on the side that the normal points to, or on the other
   */
  double level(double from, double until, boolean ahead) {
    int a = index(Math.min(from, until));
    int b = index(Math.max(from, until));
    float[] level = levels[ahead ? 1 : 0];
    return (level[b] - level[a]) / Math.max(1, seen[b] - seen[a]);
  }

  /** How much of the step of one stretch another one shows, 0 to 1, whatever its sign. */
  double goesOn(double from, double until, double otherFrom, double otherUntil) {
    int a = index(Math.min(from, until));
    int b = index(Math.max(from, until));
    int oa = index(Math.min(otherFrom, otherUntil));
    int ob = index(Math.max(otherFrom, otherUntil));
    int count = Math.max(1, seen[b] - seen[a]);
    int other = Math.max(1, seen[ob] - seen[oa]);
    double dot = 0;
    double square = 1e-3;
    for (int c = 0; c < 3; c++) {
      double m = (steps[c][b] - steps[c][a]) / count;
      double o = (steps[c][ob] - steps[c][oa]) / other;
      dot += m * o;
      square += m * m;
    }
    return Math.min(1, Math.abs(dot) / square);
  }

  /** From where to where along the line it is in the picture. */
  private static double[] visible(EdgeMap edges, Line line) {
    double[] ends = {-1e9, 1e9};
    clip(ends, line.nx() * line.distance(), -line.ny(), edges.width() - 1);
    clip(ends, line.ny() * line.distance(), line.nx(), edges.height() - 1);
    return ends[0] < ends[1] ? ends : new double[] {0, 0};
  }

  private static void clip(double[] ends, double base, double slope, double most) {
    if (Math.abs(slope) > 1e-9) {
      double a = -base / slope;
      double b = (most - base) / slope;
      ends[0] = Math.max(ends[0], Math.min(a, b));
      ends[1] = Math.min(ends[1], Math.max(a, b));
    }
  }

  /** How much of all that can be seen of the line is clear, 0 to 1. */
  double clearShare() {
    int count = seen[seen.length - 1];
    return count < SHORTEST ? 0 : support[support.length - 1] / count;
  }

  /** How long it is clear, in pixels: what it is worth as a side, before anything else is known. */
  double clearLength() {
    return PACE * support[support.length - 1];
  }

  private static float step(GrayF32 plane, Line line, Line.Point p, double off) {
    double dx = line.nx() * off;
    double dy = line.ny() * off;
    return Sampling.bilinear(plane, p.x() + dx, p.y() + dy)
        - Sampling.bilinear(plane, p.x() - dx, p.y() - dy);
  }

  /** How much of the visible stretch between two places is clear, 0 to 1. */
  double support(double from, double until) {
    int a = index(Math.min(from, until));
    int b = index(Math.max(from, until));
    int count = seen[b] - seen[a];
    return count == 0 ? 0 : (support[b] - support[a]) / count;
  }

  /** How many pixels between two places are visible. */
  int visible(double from, double until) {
    return PACE * (seen[index(Math.max(from, until))] - seen[index(Math.min(from, until))]);
  }

  private int index(double along) {
    return (int) Math.max(0, Math.min(seen.length - 1, Math.round((along - start) / PACE)));
  }
}
