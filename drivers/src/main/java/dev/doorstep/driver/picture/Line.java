package dev.doorstep.driver.picture;

import java.util.Optional;

/**
 * The straight line of all (x, y) with {@code nx * x + ny * y = distance}.
 *
 * @param nx the normal's x; the normal has the length one
 * @param ny the normal's y
 */
record Line(double nx, double ny, double distance) {
  /** The line through two points; its normal points to the right of the way from a to b. */
  static Line through(double ax, double ay, double bx, double by) {
    double length = Math.hypot(bx - ax, by - ay);
    double nx = -(by - ay) / length;
    double ny = (bx - ax) / length;
    return new Line(nx, ny, nx * ax + ny * ay);
  }

  /** Where it meets another, unless both are nearly parallel. */
  Optional<Point> meets(Line other) {
    double cross = nx * other.ny - ny * other.nx;
    if (Math.abs(cross) < 0.05) {
      return Optional.empty();
    }
    return Optional.of(
        new Point(
            (distance * other.ny - other.distance * ny) / cross,
            (nx * other.distance - other.nx * distance) / cross));
  }

  /** How far along the line a point's foot is from the foot of the origin. */
  double along(double x, double y) {
    return -ny * x + nx * y;
  }

  /** The point so far along the line. */
  Point at(double along) {
    return new Point(nx * distance - ny * along, ny * distance + nx * along);
  }

  /** How far a point is from it, positive on the normal's side. */
  double from(double x, double y) {
    return nx * x + ny * y - distance;
  }

  /** A place in a picture. */
  record Point(double x, double y) {}
}
