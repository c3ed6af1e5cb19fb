package dev.doorstep.driver.picture;

import boofcv.alg.filter.blur.BlurImageOps;
import boofcv.struct.image.GrayF32;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * How bright the bare paper is everywhere in a picture: what lies on it taken away by a closing,
 * the rest made smooth. It is kept small, and asked between its pixels.
 */
record Background(List<GrayF32> planes, double scale) {
  private static final int LONGEST = 400;
  private static final int LETTER = 7;

  static Background of(BufferedImage picture) {
    Thumbnail small = Thumbnail.of(picture, LONGEST);
    List<GrayF32> planes = new ArrayList<>();
    for (GrayF32 plane : small.planes()) {
      GrayF32 paper = Closing.of(plane, LETTER);
      planes.add(BlurImageOps.gaussian(paper, null, 4, 8, null));
    }
    return new Background(planes, small.scale());
  }

  /** One row of one colour, of a picture's width. */
  void row(int colour, int y, float[] into) {
    GrayF32 plane = planes.get(colour);
    double at = Math.max(0, Math.min(plane.height - 1.001, (y + 0.5) / scale - 0.5));
    for (int x = 0; x < into.length; x++) {
      into[x] = Sampling.bilinear(plane, (x + 0.5) / scale - 0.5, at);
    }
  }
}
