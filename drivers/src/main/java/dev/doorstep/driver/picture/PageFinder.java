package dev.doorstep.driver.picture;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the page in a picture. */
final class PageFinder {
  static final int LONGEST = 512;

  /** Below, none is told: a page that is wrong is worse than none. */
  private static final double SURE = 1.3;

  private static final int MOST_QUADS = 30;
  private static final double TWINS = 4; // pixels that two quads are apart

  private static final int MOST_LINES = 160;

  private PageFinder() {}

  /** The page's corners in pixels of the picture, from the top left of the upright page on. */
  static Optional<Quad> find(BufferedImage picture) {
    Thumbnail small = Thumbnail.of(picture, LONGEST);
    return best(small)
        .map(quad -> quad.scaled(small.scale()))
        .map(quad -> SideFit.fit(picture, quad, small.scale()));
  }

  /** The likeliest of the quads that are looked at closely, if it is likely enough. */
  static Optional<Quad> best(Thumbnail small) {
    EdgeMap edges = EdgeMap.of(small);
    Optional<Quad> best = Optional.empty();
    double most = SURE;
    for (Quad quad : likely(edges)) {
      double score = PageScore.of(QuadTraits.of(edges, quad));
      if (score > most) {
        most = score;
        best = Optional.of(quad);
      }
    }
    return best.map(quad -> quad.moved(EdgeMap.FRAME));
  }

  /** Those that are worth a close look, the likeliest first, no two of them nearly the same. */
  private static List<Quad> likely(EdgeMap edges) {
    List<Quad> kept = new ArrayList<>();
    for (Quad quad : QuadSearch.find(edges, LineVotes.find(edges, MOST_LINES))) {
      if (kept.stream().noneMatch(other -> other.apart(quad) < TWINS)) {
        kept.add(quad);
      }
      if (kept.size() == MOST_QUADS) {
        break;
      }
    }
    return kept.stream().map(quad -> refined(edges, quad)).toList();
  }

  /** Each side again, by the edge points between its corners alone. */
  private static Quad refined(EdgeMap edges, Quad quad) {
    List<Line> sides = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Line.Point a = quad.corner(i);
      Line.Point b = quad.corner(i + 1);
      Line side = Line.through(a.x(), a.y(), b.x(), b.y());
      double from = side.along(a.x(), a.y());
      double until = side.along(b.x(), b.y());
      double margin = 0.02 * (until - from);
      sides.add(LineFit.to(edges, side, from + margin, until - margin, 3));
    }
    List<Line.Point> corners = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Optional<Line.Point> at = sides.get((i + 3) % 4).meets(sides.get(i));
      corners.add(at.orElse(quad.corner(i)));
    }
    return new Quad(corners);
  }
}
