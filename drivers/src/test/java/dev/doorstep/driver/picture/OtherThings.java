package dev.doorstep.driver.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What lies by and on the page in {@link OtherScenes}: fingers and clips over its edge, a second
 * sheet beside or below it, pens.
 */
final class OtherThings {
  @SuppressWarnings("ArrayRecordComponent")
  private record Thing(
      double x, double y, double cos, double sin, double w, double h, boolean round, double[] rgb) {
    boolean covers(double u, double v) {
      double a = (u - x) * cos + (v - y) * sin;
      double b = (v - y) * cos - (u - x) * sin;
      if (round) {
        double past = Math.max(0, Math.abs(a) - (w - h)); // a strip with round ends
        return Math.abs(b) < h && Math.hypot(past, b) < h;
      }
      return Math.abs(a) < w && Math.abs(b) < h;
    }
  }

  private final List<Thing> above = new ArrayList<>();
  private final List<Thing> below = new ArrayList<>();

  static OtherThings none() {
    return new OtherThings();
  }

  /** Some for a page of that size; none for five pages of nine. */
  static OtherThings random(Random random, double width, double height, double paper) {
    OtherThings things = new OtherThings();
    switch (random.nextInt(9)) {
      case 0 -> things.fingers(random, width, height);
      case 1 -> things.clips(random, width, height);
      case 2 -> things.sheet(random, width, height, paper);
      case 3 -> things.pens(random, width, height);
      default -> {}
    }
    return things;
  }

  @Override
  public String toString() {
    return (above.isEmpty() ? "" : above.size() + " above ")
        + (below.isEmpty() ? "" : below.size() + " below");
  }

  private void fingers(Random random, double width, double height) {
    int count = 1 + random.nextInt(3);
    boolean left = random.nextBoolean();
    double y = height * (random.nextDouble() - 0.5) * 0.6;
    for (int i = 0; i < count; i++) {
      double[] skin = {0.80, 0.60, 0.48};
      double x = (left ? -1 : 1) * (width / 2 + 25);
      above.add(thing(x, y + 20 * i, 0.2 * (random.nextDouble() - 0.5), 40, 8, true, skin));
    }
  }

  private void clips(Random random, double width, double height) {
    double[] steel = {0.12, 0.12, 0.14};
    for (int i = 0; i <= random.nextInt(2); i++) {
      double x = width * (random.nextDouble() - 0.5) * 0.7;
      above.add(thing(x, -height / 2, 0, width / 14, height / 40, false, steel));
    }
  }

  /** Of another white than the page; below it or next to it. */
  private void sheet(Random random, double width, double height, double paper) {
    double tone = paper > 0.85 ? paper - 0.1 - 0.2 * random.nextDouble() : paper + 0.1;
    double[] white = {tone, tone, tone * (0.85 + 0.15 * random.nextDouble())};
    double angle = random.nextDouble() * 0.8 - 0.4;
    double x = (random.nextBoolean() ? 1 : -1) * width * (0.3 + 0.7 * random.nextDouble());
    double y = (random.nextDouble() - 0.5) * height * 0.8;
    below.add(thing(x, y, angle, width / 2, height / 2, false, white));
  }

  private void pens(Random random, double width, double height) {
    for (int i = 0; i <= random.nextInt(3); i++) {
      double[] colour = {random.nextDouble(), random.nextDouble() * 0.6, random.nextDouble()};
      double x = (random.nextBoolean() ? 1 : -1) * (width / 2 + 8 + 12 * i);
      double y = height * (random.nextDouble() - 0.5) * 0.6;
      below.add(thing(x, y, 1.57 + 0.3 * random.nextGaussian(), 70, 4.5, true, colour));
    }
  }

  private static Thing thing(
      double x, double y, double angle, double w, double h, boolean round, double[] rgb) {
    return new Thing(x, y, Math.cos(angle), Math.sin(angle), w, h, round, rgb);
  }

  /** Whether something hides page and desk there; then its colour. */
  boolean over(double u, double v, double[] rgb) {
    return painted(above, u, v, rgb);
  }

  /** Whether something hides the desk there; then its colour. */
  boolean under(double u, double v, double[] rgb) {
    return painted(below, u, v, rgb);
  }

  private static boolean painted(List<Thing> things, double u, double v, double[] rgb) {
    for (Thing thing : things) {
      if (thing.covers(u, v)) {
        System.arraycopy(thing.rgb(), 0, rgb, 0, 3);
        return true;
      }
    }
    return false;
  }
}
