package dev.doorstep.driver.picture;

import java.util.List;

/** Four corners in a picture, clockwise. */
record Quad(List<Line.Point> corners) {
  Quad {
    corners = List.copyOf(corners);
    if (corners.size() != 4) {
      throw new IllegalArgumentException("a quad has four corners");
    }
  }

  Line.Point corner(int i) {
    return corners.get(Math.floorMod(i, 4));
  }

  /** Its area; negative if the corners run counterclockwise. */
  double area() {
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      sum += corner(i).x() * corner(i + 1).y() - corner(i + 1).x() * corner(i).y();
    }
    return sum / 2;
  }

  /** The mean of its corners. */
  Line.Point middle() {
    return new Line.Point(
        (corner(0).x() + corner(1).x() + corner(2).x() + corner(3).x()) / 4,
        (corner(0).y() + corner(1).y() + corner(2).y() + corner(3).y()) / 4);
  }

  double side(int i) {
    return Math.hypot(corner(i + 1).x() - corner(i).x(), corner(i + 1).y() - corner(i).y());
  }

  /** The angle at a corner in degrees; above 180 where it is dented. */
  double angle(int i) {
    Line.Point at = corner(i);
    Line.Point before = corner(i - 1);
    Line.Point after = corner(i + 1);
    double a = Math.atan2(after.y() - at.y(), after.x() - at.x());
    double b = Math.atan2(before.y() - at.y(), before.x() - at.x());
    double angle = Math.toDegrees(b - a);
    return angle < 0 ? angle + 360 : angle;
  }

  /** By how many degrees the upper side is turned clockwise against the level. */
  double skew() {
    Line.Point a = corner(0);
    Line.Point b = corner(1);
    return Math.toDegrees(Math.atan2(b.y() - a.y(), b.x() - a.x()));
  }

  /** How far the corners of both are apart at the most. */
  double apart(Quad other) {
    double most = 0;
    for (int i = 0; i < 4; i++) {
      Line.Point a = corner(i);
      Line.Point b = other.corner(i);
      most = Math.max(most, Math.hypot(a.x() - b.x(), a.y() - b.y()));
    }
    return most;
  }

  /** The same corners, from the one on that is the top left when the picture is turned so. */
  Quad upright(int quarters) {
    return new Quad(
        List.of(
            corner(-quarters), corner(1 - quarters), corner(2 - quarters), corner(3 - quarters)));
  }

  /** How its upper side is turned clockwise once the picture is turned upright. */
  double turned(int quarters) {
    double skew = skew() + 90.0 * quarters;
    return skew - 360 * Math.round(skew / 360);
  }

  /** The same so much further left and up. */
  Quad moved(double by) {
    return new Quad(corners.stream().map(p -> new Line.Point(p.x() - by, p.y() - by)).toList());
  }

  /** The same in a picture so many times as large. */
  Quad scaled(double scale) {
    // the middle of a pixel is at whole numbers in both
    return new Quad(
        corners.stream()
            .map(p -> new Line.Point((p.x() + 0.5) * scale - 0.5, (p.y() + 0.5) * scale - 0.5))
            .toList());
  }
}
