package dev.doorstep.driver.picture;

import java.util.Optional;
import java.util.Random;

/**
 * A pinhole camera above a plane: where each point of the plane, in millimetres, comes to lie in
 * the picture. The page lies with its middle at the plane's origin.
 */
@SuppressWarnings("ArrayRecordComponent")
record PlaneView(int width, int height, double[] toPicture) {
  /** So far, as a share of the diagonal, a corner may lie outside of the picture. */
  private static final double FARTHEST = 0.2;

  /** A random view of a page of that size which covers that share of the picture. */
  static PlaneView random(
      Random random, int width, int height, double pageWidth, double pageHeight, Wish wish) {
    double share = wish.share();
    double least = Math.min(0.35, share);
    for (int tries = 0; ; tries++) {
      Optional<PlaneView> view = attempt(random, width, height, pageWidth, pageHeight, share, wish);
      if (view.isPresent()) {
        return view.get();
      }
      share = tries % 100 == 99 ? Math.max(least, share * 0.98) : share;
    }
  }

  /** How much of the picture the page covers, up to how many degrees it is tilted, and if cut. */
  record Wish(double share, double tilt, boolean oneCornerOutside) {}

  private static Optional<PlaneView> attempt(
      Random random, int width, int height, double pw, double ph, double share, Wish wish) {
    double focal = Math.max(width, height) * (0.9 + 0.6 * random.nextDouble());
    double[][] rotation =
        rotation(
            angle(random, wish.tilt()), angle(random, wish.tilt()), angle(random, wish.tilt()));
    double x = (random.nextDouble() - 0.5) * width;
    double y = (random.nextDouble() - 0.5) * height;
    double near = pw / 4;
    double far = pw * 60;
    double[] h = new double[0];
    for (int i = 0; i < 40; i++) {
      double distance = Math.sqrt(near * far);
      double reach = wish.oneCornerOutside() ? 1 : Math.max(0, 1 - Math.sqrt(share)) * 1.2;
      h = matrix(rotation, focal, width, height, x * reach * 0.6, y * reach * 0.6, distance);
      double area = Math.abs(area(corners(h, pw, ph))) / ((double) width * height);
      if (area > share) {
        near = distance;
      } else {
        far = distance;
      }
    }
    PlaneView view = new PlaneView(width, height, h);
    double[][] corners = view.corners(pw, ph);
    int outside = 0;
    double farthest = 0;
    for (double[] at : corners) {
      double beyond =
          Math.max(Math.max(-at[0], at[0] - (width - 1)), Math.max(-at[1], at[1] - (height - 1)));
      outside += beyond > 0 ? 1 : 0;
      farthest = Math.max(farthest, beyond);
    }
    boolean fits =
        wish.oneCornerOutside()
            ? outside == 1
                && farthest > 2
                && farthest < FARTHEST * Math.hypot(width, height)
                && view.shows(corners)
            : outside == 0;
    return fits ? Optional.of(view) : Optional.empty();
  }

  /** Whether a third of each side is in the picture: what is not seen can be found by nobody. */
  private boolean shows(double[][] corners) {
    for (int i = 0; i < 4; i++) {
      double[] a = corners[i];
      double[] b = corners[(i + 1) % 4];
      int seen = 0;
      for (int k = 0; k < 30; k++) {
        double x = a[0] + (b[0] - a[0]) * k / 30;
        double y = a[1] + (b[1] - a[1]) * k / 30;
        seen += x >= 0 && y >= 0 && x < width && y < height ? 1 : 0;
      }
      if (seen < 10) {
        return false;
      }
    }
    return true;
  }

  private static double angle(Random random, double most) {
    return Math.toRadians((random.nextDouble() * 2 - 1) * most);
  }

  private static double[][] rotation(double a, double b, double c) {
    double[][] rx = {{1, 0, 0}, {0, Math.cos(a), -Math.sin(a)}, {0, Math.sin(a), Math.cos(a)}};
    double[][] ry = {{Math.cos(b), 0, Math.sin(b)}, {0, 1, 0}, {-Math.sin(b), 0, Math.cos(b)}};
    double[][] rz = {{Math.cos(c), -Math.sin(c), 0}, {Math.sin(c), Math.cos(c), 0}, {0, 0, 1}};
    return times(rx, times(ry, rz));
  }

  private static double[][] times(double[][] a, double[][] b) {
    double[][] c = new double[3][3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        for (int k = 0; k < 3; k++) {
          c[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return c;
  }

  private static double[] matrix(
      double[][] r, double f, int width, int height, double x, double y, double distance) {
    double cx = width / 2.0;
    double cy = height / 2.0;
    double tx = x / f * distance;
    double ty = y / f * distance;
    return new double[] {
      f * r[0][0] + cx * r[2][0],
      f * r[0][1] + cx * r[2][1],
      f * tx + cx * distance,
      f * r[1][0] + cy * r[2][0],
      f * r[1][1] + cy * r[2][1],
      f * ty + cy * distance,
      r[2][0],
      r[2][1],
      distance
    };
  }

  /** Clockwise from the upright page's top left. */
  double[][] corners(double pageWidth, double pageHeight) {
    return corners(toPicture, pageWidth, pageHeight);
  }

  private static double[][] corners(double[] h, double w, double t) {
    return new double[][] {
      at(h, -w / 2, -t / 2), at(h, w / 2, -t / 2), at(h, w / 2, t / 2), at(h, -w / 2, t / 2)
    };
  }

  private static double area(double[][] p) {
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      double[] a = p[i];
      double[] b = p[(i + 1) % 4];
      sum += a[0] * b[1] - a[1] * b[0];
    }
    return sum / 2;
  }

  static double[] at(double[] h, double u, double v) {
    double w = h[6] * u + h[7] * v + h[8];
    return new double[] {(h[0] * u + h[1] * v + h[2]) / w, (h[3] * u + h[4] * v + h[5]) / w};
  }

  /** From the picture to the plane. */
  double[] toPlane() {
    double[] m = toPicture;
    return new double[] {
      m[4] * m[8] - m[5] * m[7], m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4],
      m[5] * m[6] - m[3] * m[8], m[0] * m[8] - m[2] * m[6], m[2] * m[3] - m[0] * m[5],
      m[3] * m[7] - m[4] * m[6], m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3]
    };
  }
}
