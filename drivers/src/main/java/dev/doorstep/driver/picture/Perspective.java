package dev.doorstep.driver.picture;

import java.util.List;

/** The view that a camera has of a page. */
final class Perspective {
  private Perspective() {}

  /**
   * How much wider the page is than high, from the picture of its corners (Zhang and He 2007): a
   * camera whose middle is the picture's middle sees no other page so.
   */
  static double aspect(Quad quad, int width, int height) {
    double plain = (quad.side(0) + quad.side(2)) / Math.max(1e-6, quad.side(1) + quad.side(3));
    double[] m1 = centred(quad.corner(0), width, height);
    double[] m2 = centred(quad.corner(1), width, height);
    double[] m3 = centred(quad.corner(3), width, height);
    double[] m4 = centred(quad.corner(2), width, height);
    double k2 = dot(cross(m1, m4), m3) / dot(cross(m2, m4), m3);
    double k3 = dot(cross(m1, m4), m2) / dot(cross(m3, m4), m2);
    double[] n2 = {k2 * m2[0] - m1[0], k2 * m2[1] - m1[1], k2 - 1};
    double[] n3 = {k3 * m3[0] - m1[0], k3 * m3[1] - m1[1], k3 - 1};
    double focal2 = -(n2[0] * n3[0] + n2[1] * n3[1]) / (n2[2] * n3[2]);
    double diagonal = Math.hypot(width, height);
    // seen straight from above, it says nothing of the lens, and the sides are as they look
    if (Math.abs(n2[2]) < 0.03 || Math.abs(n3[2]) < 0.03 || !Double.isFinite(focal2)) {
      focal2 = diagonal * diagonal;
    }
    double focal = Math.sqrt(Math.max(0.16, Math.min(9, focal2 / (diagonal * diagonal))));
    double f2 = focal * focal * diagonal * diagonal;
    double across = (n2[0] * n2[0] + n2[1] * n2[1]) / f2 + n2[2] * n2[2];
    double down = (n3[0] * n3[0] + n3[1] * n3[1]) / f2 + n3[2] * n3[2];
    double aspect = Math.sqrt(across / down);
    return Double.isFinite(aspect) && aspect > plain / 2 && aspect < plain * 2 ? aspect : plain;
  }

  private static double[] centred(Line.Point p, int width, int height) {
    return new double[] {p.x() - width / 2.0, p.y() - height / 2.0, 1};
  }

  private static double[] cross(double[] a, double[] b) {
    return new double[] {
      a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
    };
  }

  private static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }

  /**
   * The nine numbers of the homography that takes a rectangle's corners, from (0, 0) to (width,
   * height), to those of the quad (Heckbert 1989, square to quadrilateral).
   */
  static double[] fromRectangle(double width, double height, Quad quad) {
    List<Line.Point> p = quad.corners();
    double dx1 = p.get(1).x() - p.get(2).x();
    double dx2 = p.get(3).x() - p.get(2).x();
    double dy1 = p.get(1).y() - p.get(2).y();
    double dy2 = p.get(3).y() - p.get(2).y();
    double sx = p.get(0).x() - p.get(1).x() + p.get(2).x() - p.get(3).x();
    double sy = p.get(0).y() - p.get(1).y() + p.get(2).y() - p.get(3).y();
    double det = dx1 * dy2 - dx2 * dy1;
    double g = (sx * dy2 - dx2 * sy) / det;
    double h = (dx1 * sy - sx * dy1) / det;
    double x0 = p.get(0).x();
    double y0 = p.get(0).y();
    return new double[] {
      (p.get(1).x() - x0 + g * p.get(1).x()) / width,
      (p.get(3).x() - x0 + h * p.get(3).x()) / height,
      x0,
      (p.get(1).y() - y0 + g * p.get(1).y()) / width,
      (p.get(3).y() - y0 + h * p.get(3).y()) / height,
      y0,
      g / width,
      h / height,
      1
    };
  }
}
