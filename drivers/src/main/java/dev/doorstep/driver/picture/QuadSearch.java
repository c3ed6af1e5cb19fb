package dev.doorstep.driver.picture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Picks the four lines that make the likeliest page: along all four sides the two sides of the line
 * differ, at the corners they stop, and among several such the larger is the page and the smaller
 * is printed on it.
 */
final class QuadSearch {
  private static final int MOST_VOTED = 20;
  private static final int LONGEST = 35;
  private static final int CLEAREST = 12;
  private static final double LEAST_AREA = 0.06; // of the picture
  private static final double OUTSIDE = 4; // pixels
  private static final double FAINTEST = 0.35; // support of a side

  // what counts how much, each of it being 0 to 1
  private static final double WEAK = 0.6; // how clear the faintest side is

  private static final double UNITY = 0.4; // whether each side is one and the same step
  private static final double BEYOND = 1.2; // against it: sides that go on beyond their corners
  private static final double HIDDEN = 0.4; // against it: what lies outside of the picture
  private static final double ALIKE = 0.15; // whether all sides step the same way
  private static final double UNEVEN = 0.1; // against it: paper here, desk there
  private static final double UNEVEN_LIGHT = 0.6; // as much as a shadow does (natural logarithm)
  private static final double AREA = 1.0; // how large it is: what is inside may be printed on it
  private static final double MIDDLE = 0.3; // against it: how far from the middle it lies

  private final EdgeMap edges;
  private final List<LineProfile> across;
  private final List<LineProfile> down;
  private final Line.Point[][] crossings;

  private QuadSearch(EdgeMap edges, List<LineProfile> across, List<LineProfile> down) {
    this.edges = edges;
    this.across = across;
    this.down = down;
    this.crossings = new Line.Point[across.size()][down.size()];
    for (int h = 0; h < across.size(); h++) {
      for (int v = 0; v < down.size(); v++) {
        Optional<Line.Point> at = across.get(h).line().meets(down.get(v).line());
        crossings[h][v] = at.filter(this::near).orElse(NOWHERE);
      }
    }
  }

  private static final Line.Point NOWHERE = new Line.Point(Double.NaN, Double.NaN);

  /** A candidate and how good it is. */
  private record Candidate(Quad quad, double score) {}

  /** In the pixels of the frame; the best first. */
  static List<Quad> find(EdgeMap edges, List<List<Line>> lines) {
    List<LineProfile> across = best(edges, lines.get(0));
    List<LineProfile> down = best(edges, lines.get(1));
    return new QuadSearch(edges, across, down).search();
  }

  private static List<LineProfile> best(EdgeMap edges, List<Line> lines) {
    List<LineProfile> all = lines.stream().map(line -> LineProfile.of(edges, line)).toList();
    Set<LineProfile> best = new LinkedHashSet<>(all.subList(0, Math.min(all.size(), MOST_VOTED)));
    all.stream()
        .sorted(Comparator.comparingDouble(LineProfile::clearLength).reversed())
        .limit(LONGEST)
        .forEach(best::add);
    // where a corner is outside of the picture, little is seen of a side
    all.stream()
        .sorted(Comparator.comparingDouble(LineProfile::clearShare).reversed())
        .limit(CLEAREST)
        .forEach(best::add);
    return List.copyOf(best);
  }

  private boolean near(Line.Point p) {
    double beyond = 0.24 * Math.hypot(edges.width(), edges.height());
    return p.x() > -beyond
        && p.y() > -beyond
        && p.x() < edges.width() + beyond
        && p.y() < edges.height() + beyond;
  }

  private List<Quad> search() {
    List<Candidate> best = new ArrayList<>();
    double shortest = 0.12 * Math.min(edges.width(), edges.height());
    for (int left = 0; left < down.size(); left++) {
      for (int right = 0; right < down.size(); right++) {
        if (left == right) {
          continue;
        }
        List<Integer> fitting = new ArrayList<>();
        for (int h = 0; h < across.size(); h++) {
          Line.Point a = crossings[h][left];
          Line.Point b = crossings[h][right];
          if (b.x() - a.x() > shortest && supports(across.get(h), a, b)) {
            fitting.add(h);
          }
        }
        for (int top : fitting) {
          for (int bottom : fitting) {
            consider(best, top, right, bottom, left, shortest);
          }
        }
      }
    }
    best.sort((a, b) -> Double.compare(b.score(), a.score()));
    return best.stream().map(Candidate::quad).toList();
  }

  private void consider(
      List<Candidate> best, int top, int right, int bottom, int left, double shortest) {
    Line.Point a = crossings[top][left];
    Line.Point d = crossings[bottom][left];
    Line.Point b = crossings[top][right];
    Line.Point c = crossings[bottom][right];
    if (d.y() - a.y() < shortest
        || c.y() - b.y() < shortest
        || !supports(down.get(left), a, d)
        || !supports(down.get(right), b, c)) {
      return;
    }
    if (outside(a) + outside(b) + outside(c) + outside(d) > 1) {
      return;
    }
    Quad quad = new Quad(List.of(a, b, c, d));
    double share = quad.area() / (edges.width() * (double) edges.height());
    if (share < LEAST_AREA || share > 1.15) {
      return;
    }
    for (int i = 0; i < 4; i++) {
      if (quad.angle(i) < 45 || quad.angle(i) > 135) {
        return;
      }
    }
    if (Math.abs(quad.skew()) > 46) {
      return;
    }
    best.add(
        judged(
            quad,
            List.of(across.get(top), down.get(right), across.get(bottom), down.get(left)),
            share));
  }

  /** One if a corner is clearly outside of the picture: of two such, a side is seen by nobody. */
  private int outside(Line.Point p) {
    double rim = EdgeMap.FRAME - OUTSIDE;
    boolean inside =
        p.x() > rim && p.y() > rim && p.x() < edges.width() - rim && p.y() < edges.height() - rim;
    return inside ? 0 : 1;
  }

  private static boolean supports(LineProfile side, Line.Point a, Line.Point b) {
    double from = side.line().along(a.x(), a.y());
    double until = side.line().along(b.x(), b.y());
    return side.visible(from, until) > 0.12 * Math.abs(until - from)
        && side.support(from, until) > FAINTEST;
  }

  private Candidate judged(Quad quad, List<LineProfile> sides, double share) {
    double clear = 0;
    double around = 0;
    double length = 0;
    double weakest = 1;
    double beyond = 0;
    double unity = 0;
    double brighter = 0;
    double darkest = 255;
    double brightest = 1;
    Line.Point middle = quad.middle();
    for (int i = 0; i < 4; i++) {
      LineProfile side = sides.get(i);
      Line line = side.line();
      double from = line.along(quad.corner(i).x(), quad.corner(i).y());
      double until = line.along(quad.corner(i + 1).x(), quad.corner(i + 1).y());
      double support = side.support(from, until);
      double seen = side.visible(from, until);
      clear += support * seen;
      around += seen;
      length += Math.abs(until - from);
      weakest = Math.min(weakest, support);
      double way = Math.signum(until - from);
      beyond += beyond(side, from, until, from - way * 5, from - way * 35);
      beyond += beyond(side, from, until, until + way * 5, until + way * 35);
      unity += side.unity(from, until) * seen;
      boolean ahead = line.from(middle.x(), middle.y()) > 0;
      double inside = side.level(from, until, ahead);
      brighter += Math.signum(inside - side.level(from, until, !ahead)) * seen;
      darkest = Math.min(darkest, inside);
      brightest = Math.max(brightest, inside);
    }
    double support = clear / around;
    beyond /= 8;
    double uneven = Math.max(0, Math.log(brightest / Math.max(1, darkest)) - UNEVEN_LIGHT);
    double clarity =
        support
            + WEAK * weakest
            + UNITY * unity / around
            - BEYOND * beyond
            - HIDDEN * Math.max(0, 1 - around / length)
            + ALIKE * Math.abs(brighter) / around
            - UNEVEN * Math.min(1, uneven);
    double score = clarity + AREA * Math.sqrt(Math.min(1, share)) - MIDDLE * edges.away(middle);
    return new Candidate(quad, score);
  }

  private static double beyond(
      LineProfile side, double from, double until, double begin, double end) {
    return side.visible(begin, end) < 8 ? 0 : side.goesOn(from, until, begin, end);
  }
}
