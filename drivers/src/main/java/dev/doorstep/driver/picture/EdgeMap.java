package dev.doorstep.driver.picture;

import boofcv.alg.filter.blur.BlurImageOps;
import boofcv.alg.filter.derivative.DerivativeType;
import boofcv.alg.filter.derivative.GImageDerivativeOps;
import boofcv.struct.border.BorderType;
import boofcv.struct.image.GrayF32;
import java.util.List;

/**
 * Where a small picture changes, and how: the gradient of the colour that changes most, and the
 * picture with and without its letters, to compare what lies on both sides of a line.
 *
 * @param near the three colours, blurred a little
 * @param far the three colours without letters and rules, blurred more
 * @param gx the gradient's x of the colour that changes most
 * @param gy its y
 */
record EdgeMap(List<GrayF32> near, List<GrayF32> far, GrayF32 gx, GrayF32 gy, GrayF32 strength) {
  /** How many pixels are put around the picture. */
  static final int FRAME = 10;

  private static final double NEAR = 1.1;
  private static final double FAR = 2.2;
  private static final int LETTER = 5;

  static EdgeMap of(Thumbnail bare) {
    Thumbnail picture = bare.framed(FRAME);
    int width = picture.width();
    int height = picture.height();
    // each by itself, on as many cores as there are: this is a third of the finder's work
    List<Colour> colours = picture.planes().parallelStream().map(Colour::of).toList();
    GrayF32 gx = new GrayF32(width, height);
    GrayF32 gy = new GrayF32(width, height);
    GrayF32 strength = new GrayF32(width, height);
    for (Colour colour : colours) {
      for (int i = 0; i < strength.data.length; i++) {
        float x = colour.x().data[i];
        float y = colour.y().data[i];
        float value = x * x + y * y;
        if (value > strength.data[i]) {
          strength.data[i] = value;
          gx.data[i] = x;
          gy.data[i] = y;
        }
      }
    }
    for (int i = 0; i < strength.data.length; i++) {
      strength.data[i] = (float) Math.sqrt(strength.data[i]);
    }
    return new EdgeMap(
        colours.stream().map(Colour::near).toList(),
        colours.stream().map(Colour::far).toList(),
        gx,
        gy,
        strength);
  }

  /** One of the three colours, and its gradient. */
  private record Colour(GrayF32 near, GrayF32 far, GrayF32 x, GrayF32 y) {
    static Colour of(GrayF32 plane) {
      GrayF32 near = BlurImageOps.gaussian(plane, null, NEAR, 3, null);
      GrayF32 far = BlurImageOps.gaussian(Closing.of(near, LETTER), null, FAR, 6, null);
      GrayF32 x = new GrayF32(plane.width, plane.height);
      GrayF32 y = new GrayF32(plane.width, plane.height);
      GImageDerivativeOps.gradient(DerivativeType.THREE, near, x, y, BorderType.EXTENDED);
      return new Colour(near, far, x, y);
    }
  }

  /** Whether a place is in the picture itself, not in the frame around it. */
  boolean seen(Line.Point p) {
    return p.x() >= FRAME - 0.5
        && p.y() >= FRAME - 0.5
        && p.x() <= width() - FRAME - 0.5
        && p.y() <= height() - FRAME - 0.5;
  }

  /** How far a place is from the middle, 0 to 1. */
  double away(Line.Point p) {
    double reach = Math.hypot(width(), height()) / 2;
    return Math.hypot(p.x() - width() / 2.0, p.y() - height() / 2.0) / reach;
  }

  int width() {
    return gx.width;
  }

  int height() {
    return gx.height;
  }

  /** Whether no neighbour across the edge is stronger. */
  boolean ridge(int x, int y) {
    int i = y * width() + x;
    float s = strength.data[i];
    float dx = Math.abs(gx.data[i]);
    float dy = Math.abs(gy.data[i]);
    int step;
    if (dx > 2.4f * dy) {
      step = 1;
    } else if (dy > 2.4f * dx) {
      step = width();
    } else {
      step = gx.data[i] * gy.data[i] > 0 ? width() + 1 : width() - 1;
    }
    return s >= strength.data[i - step] && s >= strength.data[i + step];
  }
}
