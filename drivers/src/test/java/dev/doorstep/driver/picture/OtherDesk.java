package dev.doorstep.driver.picture;

import java.util.Random;

/** What lies below the pages of {@link OtherScenes}: a colour for each place, in millimetres. */
final class OtherDesk {
  /** The kinds of ground. */
  enum Kind {
    STONE,
    MARBLE,
    CARPET,
    KEYS,
    PLAIN,
    BOARDS,
    TILES,
    CHECKED,
    MAT,
    LEATHER
  }

  private final Kind kind;
  private final Fractal coarse;
  private final Fractal fine;
  private final double mean;
  private final double strength;
  private final double[] hue;
  private final double cos;
  private final double sin;
  private final double pitch;

  /**
   * @param mean how bright it is, 0 to 1
   */
  OtherDesk(Random random, Kind kind, double mean, double contrast) {
    this.kind = kind;
    this.coarse = new Fractal(random, 6);
    this.fine = new Fractal(random, 2);
    this.mean = mean;
    this.strength = Math.min(0.10, contrast * 0.45) * (0.3 + 0.7 * random.nextDouble());
    double colour = random.nextInt(3) == 0 ? 0.5 : 0.15; // a coloured table, or nearly grey
    this.hue = new double[] {0, 0, 0};
    double sum = 0;
    for (int c = 0; c < 3; c++) {
      hue[c] = 1 + colour * (random.nextDouble() - 0.5) * Math.min(1, contrast * 5);
      sum += hue[c];
    }
    for (int c = 0; c < 3; c++) {
      hue[c] *= 3 / sum;
    }
    double turn = random.nextDouble() * 3;
    this.cos = Math.cos(turn);
    this.sin = Math.sin(turn);
    this.pitch = 12 + 60 * random.nextDouble();
  }

  Kind kind() {
    return kind;
  }

  double strength() {
    return strength;
  }

  void at(double u, double v, double[] rgb) {
    double a = u * cos + v * sin;
    double b = v * cos - u * sin;
    double value = mean + strength * field(a, b);
    for (int c = 0; c < 3; c++) {
      rgb[c] = value * hue[c];
    }
  }

  private double field(double a, double b) {
    return switch (kind) {
      case STONE -> coarse.at(a * 3, b * 3);
      case MARBLE -> Math.sin(a / 9 + 4 * coarse.at(a, b));
      case CARPET -> fine.at(a * 9, b * 9) + 0.4 * coarse.at(a, b);
      case KEYS -> {
        boolean gap = part(a, 19) < 0.12 || part(b, 19) < 0.12;
        yield gap ? -1.4 : 0.3 + 0.3 * coarse.at(a * 3, b * 3);
      }
      case PLAIN -> 0.2 * coarse.at(a, b);
      case BOARDS -> {
        double board = Math.floor(b / pitch / 2);
        double joint = part(b, pitch * 2) < 0.015 ? -1.5 : 0;
        yield joint + 0.6 * fine.at(board * 37, board * 91) + coarse.at(a * 0.6, b * 7);
      }
      case TILES -> part(a, pitch * 2) < 0.03 || part(b, pitch * 2) < 0.03 ? -1.2 : 0.2;
      case CHECKED ->
          (part(a, pitch) < 0.5 ? 0.5 : -0.5)
              + (part(b, pitch) < 0.5 ? 0.5 : -0.5)
              + 0.3 * fine.at(a * 6, b * 6);
      case MAT -> part(a, 10) < 0.05 || part(b, 10) < 0.05 ? 0.9 : 0.1 * coarse.at(a, b);
      case LEATHER -> 0.7 * coarse.at(a * 8, b * 8) * fine.at(a * 2, b * 2);
    };
  }

  private static double part(double at, double pitch) {
    double t = at / pitch;
    return t - Math.floor(t);
  }
}
