package dev.doorstep.driver.picture;

import java.util.List;
import java.util.Random;

/** What is printed on the pages of {@link OtherScenes}: functions instead of fonts. */
final class OtherPrint {
  /** The kinds of print. */
  enum Kind {
    WORDS,
    PHOTO,
    RULES,
    EMPTY,
    DARK_HEAD,
    DARK_BAND,
    FRAME,
    PANELS,
    CARD,
    RECEIPT
  }

  /** Those of sheets. */
  static final List<Kind> SHEETS =
      List.of(
          Kind.WORDS,
          Kind.PHOTO,
          Kind.RULES,
          Kind.EMPTY,
          Kind.DARK_HEAD,
          Kind.DARK_BAND,
          Kind.FRAME,
          Kind.PANELS);

  private final Kind kind;
  private final Fractal coarse;
  private final Fractal fine;
  private final double width;
  private final double height;
  private final double[] ink = new double[3];
  private final double inset;
  private final double size;

  OtherPrint(Random random, Kind kind, double width, double height) {
    this.kind = kind;
    this.coarse = new Fractal(random, 6);
    this.fine = new Fractal(random, 2);
    this.width = width;
    this.height = height;
    for (int c = 0; c < 3; c++) {
      ink[c] = 0.15 + 0.5 * random.nextDouble();
    }
    this.inset = (0.02 + 0.06 * random.nextDouble()) * Math.min(width, height);
    this.size = 0.08 + 0.15 * random.nextDouble();
  }

  Kind kind() {
    return kind;
  }

  /** Makes of the paper's colour that of the place, from 0 to 1 each way. */
  void at(double u, double v, double[] rgb) {
    double x = u * width;
    double y = v * height;
    double rim = Math.min(Math.min(x, width - x), Math.min(y, height - y));
    switch (kind) {
      case DARK_HEAD -> head(v < size, rim, x, y, rgb);
      case DARK_BAND -> head(v < size && rim > inset, rim, x, y, rgb);
      case FRAME -> {
        boolean line = rim > inset && rim < inset + 1.2;
        boolean within = rim > inset + 4;
        paint(rgb, line ? 1 : within && words(x, y) ? 0.9 : 0);
      }
      case PANELS -> {
        boolean panel = rim > inset && (v < 0.3 || (v > 0.5 && u > 0.4));
        paint(rgb, panel ? 0.45 : rim > inset && words(x, y) ? 0.9 : 0);
      }
      case CARD -> {
        boolean face = u > 0.64 && u < 0.94 && v > 0.14 && v < 0.74;
        paint(rgb, face ? 0.8 + 0.2 * coarse.at(x * 5, y * 5) : 0.12 + 0.06 * coarse.at(x, y));
        paint(rgb, !face && u > 0.06 && u < 0.6 && v > 0.1 && words(x * 3, y * 3) ? 0.8 : 0);
      }
      case PHOTO -> {
        boolean photo = u > 0.15 && u < 0.9 && v > 0.1 && v < 0.55;
        paint(rgb, photo ? 0.6 + 0.4 * coarse.at(x, y) : rim > inset && words(x, y) ? 0.9 : 0);
      }
      case RULES -> {
        double row = y / 8 - Math.floor(y / 8);
        paint(rgb, rim > inset && (row < 0.06 || Math.abs(u - 0.5) < 0.003) ? 0.8 : 0);
      }
      case WORDS, RECEIPT -> paint(rgb, rim > inset && words(x, y) ? 0.9 : 0);
      case EMPTY -> paint(rgb, 0);
    }
  }

  private void head(boolean dark, double rim, double x, double y, double[] rgb) {
    paint(rgb, dark ? 1 : rim > inset && words(x, y) ? 0.9 : 0);
  }

  private void paint(double[] rgb, double cover) {
    double part = Math.max(0, Math.min(1, cover));
    for (int c = 0; c < 3; c++) {
      rgb[c] *= 1 - part + part * ink[c];
    }
  }

  private boolean words(double x, double y) {
    double line = y / 7.5;
    double row = line - Math.floor(line);
    return row > 0.25
        && row < 0.7
        && fine.at(x * 1.4, Math.floor(line) * 77) > -0.25
        && fine.at(x * 6.6, y * 6.6) > -0.1;
  }
}
