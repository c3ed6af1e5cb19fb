package dev.doorstep.driver.picture;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * Moves the sides of a page that was found in the small picture onto their edges in the large one:
 * at many places along a side it looks across it for where the picture changes most.
 */
final class SideFit {
  private static final int PLACES = 200;
  private static final int REACH = 10; // steps across, each way
  private static final int HALF = 4; // steps whose means are compared

  private final BufferedImage picture;
  private final byte[] bytes;
  private final int bands;
  private final double step;

  private SideFit(BufferedImage picture, double scale) {
    this.picture = picture;
    this.bytes = Canvas.bytes(picture);
    this.bands = Canvas.bands(picture);
    this.step = Math.max(0.5, scale / 4);
  }

  /**
   * The same page, its corners where its sides meet.
   *
   * @param scale how many pixels of this picture one of the small picture was
   */
  static Quad fit(BufferedImage picture, Quad page, double scale) {
    SideFit fit = new SideFit(picture, scale);
    List<Line> sides = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      sides.add(fit.side(page.corner(i), page.corner(i + 1)));
    }
    List<Line.Point> corners = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Line.Point before = page.corner(i);
      corners.add(
          sides
              .get((i + 3) % 4)
              .meets(sides.get(i))
              .filter(p -> Math.hypot(p.x() - before.x(), p.y() - before.y()) < 8 * scale)
              .orElse(before));
    }
    return new Quad(corners);
  }

  private Line side(Line.Point a, Line.Point b) {
    Line line = Line.through(a.x(), a.y(), b.x(), b.y());
    double length = Math.hypot(b.x() - a.x(), b.y() - a.y());
    double[] along = new double[PLACES];
    double[] off = new double[PLACES];
    double[] clarity = new double[PLACES];
    int points = 0;
    int span = REACH + HALF;
    double[][] profile = new double[bands][2 * span];
    for (int i = 0; i < PLACES; i++) {
      double at = length * (0.02 + 0.96 * (i + 0.5) / PLACES);
      double x = a.x() + (b.x() - a.x()) * at / length;
      double y = a.y() + (b.y() - a.y()) * at / length;
      if (x < 0 || y < 0 || x > picture.getWidth() - 1 || y > picture.getHeight() - 1) {
        continue;
      }
      read(profile, line, x, y, span);
      along[points] = -at; // places along a line count against the way from a to b
      if (steepest(profile, off, clarity, points)) {
        points++;
      }
    }
    return LineFit.through(line, line.along(a.x(), a.y()), along, off, clarity, points, 4 * step);
  }

  /** Means along the side of what lies across it. */
  private void read(double[][] profile, Line line, double x, double y, int span) {
    for (int d = 0; d < 2 * span; d++) {
      double across = (d - span + 0.5) * step;
      for (int c = 0; c < bands; c++) {
        double sum = 0;
        for (int k = -2; k <= 2; k++) {
          double px = x + across * line.nx() - k * step * line.ny();
          double py = y + across * line.ny() + k * step * line.nx();
          sum += value(px, py, c);
        }
        profile[c][d] = sum / 5;
      }
    }
  }

  private int value(double x, double y, int band) {
    int column = (int) Math.max(0, Math.min(picture.getWidth() - 1, Math.round(x)));
    int row = (int) Math.max(0, Math.min(picture.getHeight() - 1, Math.round(y)));
    return bytes[(row * picture.getWidth() + column) * bands + band] & 0xFF;
  }

  private boolean steepest(double[][] profile, double[] off, double[] clarity, int point) {
    double[] steps = new double[2 * REACH + 1];
    for (double[] colour : profile) {
      for (int s = 0; s < steps.length; s++) {
        double before = 0;
        double after = 0;
        for (int k = 0; k < HALF; k++) {
          before += colour[s + HALF - 1 - k];
          after += colour[s + HALF + k];
        }
        steps[s] = Math.max(steps[s], Math.abs(after - before) / HALF);
      }
    }
    int best = 1;
    for (int s = 1; s < steps.length - 1; s++) {
      best = steps[s] > steps[best] ? s : best;
    }
    double bend = steps[best - 1] - 2 * steps[best] + steps[best + 1];
    double shift = bend < -1e-6 ? 0.5 * (steps[best - 1] - steps[best + 1]) / bend : 0;
    off[point] = (best - REACH + Math.max(-1, Math.min(1, shift))) * step;
    clarity[point] = 1;
    return steps[best] > 3;
  }
}
