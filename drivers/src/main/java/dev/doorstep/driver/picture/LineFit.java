package dev.doorstep.driver.picture;

import boofcv.struct.image.GrayF32;

/** Moves a line onto the edge that it lies near to, to a fraction of a pixel. */
final class LineFit {
  private static final int ROUNDS = 4;

  /** Pixels between the places that are looked at along a side. */
  private static final int PACE = 2;

  /** The same along a whole line, of which there are hundreds, fitted again where it is a side. */
  private static final int WIDE_PACE = 4;

  private LineFit() {}

  /** The whole line, by all edges near to it that run as it does. */
  static Line to(EdgeMap edges, Line line) {
    double reach = Math.hypot(edges.width(), edges.height());
    double middle = line.along(edges.width() / 2.0, edges.height() / 2.0);
    return to(edges, line, middle - reach, middle + reach, 3, WIDE_PACE);
  }

  /**
   * A part of the line.
   *
   * @param from where along the line the part begins
   * @param until where it ends
   * @param reach how far from the line the edge may be
   */
  static Line to(EdgeMap edges, Line line, double from, double until, int reach) {
    return to(edges, line, from, until, reach, PACE);
  }

  private static Line to(EdgeMap edges, Line line, double from, double until, int reach, int pace) {
    int count = (int) ((until - from) / pace);
    double[] along = new double[Math.max(0, count)];
    double[] off = new double[along.length];
    double[] weight = new double[along.length];
    int points = 0;
    for (int i = 0; i < along.length; i++) {
      Line.Point p = line.at(from + i * pace);
      if (edges.seen(p)) {
        double peak = steepest(edges, line, p, reach);
        if (!Double.isNaN(peak)) {
          along[points] = i * pace;
          off[points] = peak;
          weight[points++] = 1;
        }
      }
    }
    return through(line, from, along, off, weight, points, 2.5);
  }

  /** How far across the line it is steepest there, by a parabola through three places. */
  private static double steepest(EdgeMap edges, Line line, Line.Point p, int reach) {
    double best = 0;
    int at = 0;
    double[] values = new double[2 * reach + 3];
    for (int d = -reach - 1; d <= reach + 1; d++) {
      double x = p.x() + d * line.nx();
      double y = p.y() + d * line.ny();
      values[d + reach + 1] =
          Math.abs(value(edges.gx(), x, y) * line.nx() + value(edges.gy(), x, y) * line.ny());
    }
    for (int i = 1; i < values.length - 1; i++) {
      if (values[i] > best && values[i] >= values[i - 1] && values[i] >= values[i + 1]) {
        best = values[i];
        at = i;
      }
    }
    if (best < 0.6) {
      return Double.NaN;
    }
    double bend = values[at - 1] - 2 * values[at] + values[at + 1];
    double shift = bend < -1e-6 ? 0.5 * (values[at - 1] - values[at + 1]) / bend : 0;
    return at - reach - 1 + shift;
  }

  private static double value(GrayF32 plane, double x, double y) {
    return Sampling.bilinear(plane, x, y);
  }

  /**
   * Straight through points, those far off counting less each time (Tukey's biweight).
   *
   * @param from where along the line the points' own places begin
   * @param off how far from the line each point is
   * @param weight what each counts at first; changed
   * @param reach from how far off on a point counts nothing, at first
   */
  static Line through(
      Line line,
      double from,
      double[] along,
      double[] off,
      double[] weight,
      int points,
      double reach) {
    if (points < 8) {
      return line;
    }
    double offset = 0;
    double slope = 0;
    for (int round = 0; round < ROUNDS; round++) {
      double[] s = new double[5];
      for (int i = 0; i < points; i++) {
        double w = weight[i];
        s[0] += w;
        s[1] += w * along[i];
        s[2] += w * off[i];
        s[3] += w * along[i] * along[i];
        s[4] += w * along[i] * off[i];
      }
      double spread = s[0] * s[3] - s[1] * s[1];
      if (s[0] < 4 || spread < 1) {
        return line;
      }
      slope = (s[0] * s[4] - s[1] * s[2]) / spread;
      offset = (s[2] - slope * s[1]) / s[0];
      double width = reach * (round == 0 ? 1 : round == 1 ? 0.64 : 0.4);
      for (int i = 0; i < points; i++) {
        double r = (off[i] - offset - slope * along[i]) / width;
        weight[i] = Math.abs(r) >= 1 ? 0 : (1 - r * r) * (1 - r * r);
      }
    }
    double length = along[points - 1];
    Line.Point a = line.at(from);
    Line.Point b = line.at(from + length);
    double atEnd = offset + slope * length;
    Line fitted =
        Line.through(
            a.x() + line.nx() * offset,
            a.y() + line.ny() * offset,
            b.x() + line.nx() * atEnd,
            b.y() + line.ny() * atEnd);
    boolean same = fitted.nx() * line.nx() + fitted.ny() * line.ny() > 0;
    return same ? fitted : new Line(-fitted.nx(), -fitted.ny(), -fitted.distance());
  }
}
