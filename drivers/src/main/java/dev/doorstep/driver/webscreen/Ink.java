package dev.doorstep.driver.webscreen;

import dev.doorstep.protocol.Content;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A signature: strokes in a field of {@value #WIDTH} by {@value #HEIGHT} units.
 *
 * @param strokes each from where the pen came down to where it was lifted; at most {@value
 *     #MOST_POINTS} points in all
 */
record Ink(List<List<Point>> strokes) {
  /** The width of the field in units, a quarter of a pixel or so. */
  static final int WIDTH = 4_800;

  /** The height of the field in units. */
  static final int HEIGHT = 1_600;

  /** The most points: more than anybody's signature has. */
  static final int MOST_POINTS = 2_500;

  /** A shorter line is a touch by mistake. */
  static final int SHORTEST = 200;

  /** How many numbers a point has on its way from the page. */
  static final int NUMBERS = 4;

  /** The latest time of a point, in milliseconds. */
  static final int LATEST = 900_000;

  /** The highest pressure. */
  static final int FULL_PRESSURE = 1_000;

  /** The width of a line without pressure, in units. */
  static final int THIN = 8;

  /** The width of a line with the highest pressure, in units. */
  static final int THICK = 24;

  private static final int UNITS_PER_PIXEL = 4;

  /**
   * A point of a stroke.
   *
   * @param x from the left, in units
   * @param y from the top, in units
   * @param time since the document was shown, in milliseconds
   * @param pressure 0 to 1000; 500 where the screen does not feel it
   */
  record Point(int x, int y, int time, int pressure) {
    /** Checks the ranges. */
    Point {
      if (x < 0 || x > WIDTH || y < 0 || y > HEIGHT) {
        throw new IllegalArgumentException("a point outside of the field");
      }
      if (time < 0 || time > LATEST || pressure < 0 || pressure > FULL_PRESSURE) {
        throw new IllegalArgumentException("time or pressure out of range");
      }
    }

    private float thickness() {
      return THIN + (float) (THICK - THIN) * pressure / FULL_PRESSURE;
    }
  }

  /** Checks that it is a signature: neither too much nor nothing, and no time that runs back. */
  Ink {
    strokes = strokes.stream().map(List::copyOf).toList();
    int last = 0;
    int points = 0;
    double length = 0;
    for (List<Point> stroke : strokes) {
      if (stroke.isEmpty()) {
        throw new IllegalArgumentException("a stroke without points");
      }
      for (int i = 0; i < stroke.size(); i++) {
        Point point = stroke.get(i);
        if (point.time < last) {
          throw new IllegalArgumentException("a point before the one before");
        }
        last = point.time;
        points++;
        if (i > 0) {
          Point before = stroke.get(i - 1);
          length += Math.hypot(point.x - before.x, point.y - before.y);
        }
      }
    }
    if (points > MOST_POINTS || length < SHORTEST) {
      throw new IllegalArgumentException("not the size of a signature");
    }
  }

  /**
   * Reads strokes as they come from the page.
   *
   * @param numbers of each stroke x, y, time and pressure of its points, one after the other
   * @throws IllegalArgumentException if they are no signature
   */
  static Ink of(List<List<Integer>> numbers) {
    if (numbers.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException("a stroke is missing");
    }
    return new Ink(numbers.stream().map(Ink::stroke).toList());
  }

  private static List<Point> stroke(List<Integer> numbers) {
    if (numbers.size() % NUMBERS != 0
        || numbers.size() > NUMBERS * MOST_POINTS
        || numbers.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException("a stroke of " + numbers.size() + " numbers");
    }
    return IntStream.range(0, numbers.size() / NUMBERS)
        .map(point -> point * NUMBERS)
        .mapToObj(
            at ->
                new Point(
                    numbers.get(at), numbers.get(at + 1), numbers.get(at + 2), numbers.get(at + 3)))
        .toList();
  }

  /**
   * The strokes as SVG, which keeps time and pressure of each point, and the digest of what was
   * signed for.
   */
  Content.Data svg(String document) {
    StringBuilder svg = new StringBuilder();
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
        .append(WIDTH + " " + HEIGHT)
        .append("\" data-document=\"sha256:")
        .append(document)
        .append("\" fill=\"none\" stroke=\"#000\" stroke-width=\"16\"")
        .append(" stroke-linecap=\"round\" stroke-linejoin=\"round\">\n");
    for (List<Point> stroke : strokes) {
      svg.append("<path d=\"M").append(path(stroke));
      svg.append("\" data-time=\"").append(numbers(stroke, Point::time));
      svg.append("\" data-pressure=\"").append(numbers(stroke, Point::pressure));
      svg.append("\"/>\n");
    }
    svg.append("</svg>\n");
    return Content.of("image/svg+xml", svg.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String path(List<Point> stroke) {
    String path = stroke.stream().map(at -> at.x + " " + at.y).collect(Collectors.joining(" L"));
    return stroke.size() == 1 ? path + "h0" : path; // a dot has a length, too, to be drawn
  }

  private static String numbers(List<Point> stroke, ToIntFunction<Point> what) {
    return stroke.stream()
        .map(point -> Integer.toString(what.applyAsInt(point)))
        .collect(Collectors.joining(" "));
  }

  /** The strokes as a PNG of 1200 by 400 pixels, thicker where the pen was pressed. */
  Content.Data png() {
    BufferedImage image =
        new BufferedImage(
            WIDTH / UNITS_PER_PIXEL, HEIGHT / UNITS_PER_PIXEL, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.scale(1.0 / UNITS_PER_PIXEL, 1.0 / UNITS_PER_PIXEL);
    graphics.setColor(Color.BLACK);
    for (List<Point> stroke : strokes) {
      for (int i = 0; i < stroke.size(); i++) {
        Point from = stroke.get(Math.max(0, i - 1));
        Point to = stroke.get(i);
        graphics.setStroke(
            new BasicStroke(to.thickness(), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.draw(new Line2D.Float(from.x, from.y, to.x, to.y));
      }
    }
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // else the library puts what it writes on the disk first
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return Content.of("image/png", bytes.toByteArray());
  }

  /** How many strokes it has: the rest is a person's hand. */
  @Override
  public String toString() {
    return "Ink[" + strokes.size() + " strokes]";
  }
}
