package dev.doorstep.driver.picture;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds straight lines: each edge point votes for the lines through it that run as the edge does
 * there (Duda and Hart 1972; O'Gorman and Clowes 1976). A strong edge has no more to say than a
 * clear one, or letters and pictures would outvote a white page on a white desk. Dark-to-light and
 * light-to-dark are different lines, so that what is thin or fine votes for neither much. The
 * library's transform knows one threshold for all edges, and neither of these.
 */
final class LineVotes {
  /**
   * From how steep on, in grey levels a pixel, an edge votes, and from where on with all it has.
   */
  private static final double FAINT = 0.7;

  private static final double CLEAR = 2.2;
  private static final int WINDOW = 11; // degrees around the edge's own direction
  private static final double CELL = 1.5; // pixels of distance in a cell

  private final EdgeMap edges;
  private final int cells;
  private final float[] votes;
  private final double[] cos = new double[360];
  private final double[] sin = new double[360];

  private LineVotes(EdgeMap edges) {
    this.edges = edges;
    double diagonal = Math.hypot(edges.width(), edges.height());
    this.cells = (int) (diagonal / CELL) + 3;
    this.votes = new float[360 * cells];
    for (int i = 0; i < 360; i++) {
      cos[i] = Math.cos(Math.toRadians(i));
      sin[i] = Math.sin(Math.toRadians(i));
    }
  }

  /** The best lines, at most so many of those that run more across and of those that run down. */
  static List<List<Line>> find(EdgeMap edges, int most) {
    LineVotes votes = new LineVotes(edges);
    votes.vote();
    return votes.best(most);
  }

  private void vote() {
    double cx = edges.width() / 2.0;
    double cy = edges.height() / 2.0;
    for (int y = EdgeMap.FRAME - 1; y <= edges.height() - EdgeMap.FRAME; y++) {
      for (int x = EdgeMap.FRAME - 1; x <= edges.width() - EdgeMap.FRAME; x++) {
        int i = y * edges.width() + x;
        float strength = edges.strength().data[i];
        if (strength < FAINT || !edges.ridge(x, y)) {
          continue;
        }
        float weight = (float) Math.min(1, (strength - FAINT / 2) / (CLEAR - FAINT / 2));
        int middle =
            (int) Math.round(Math.toDegrees(Math.atan2(edges.gy().data[i], edges.gx().data[i])));
        for (int d = -WINDOW; d <= WINDOW; d++) {
          int angle = Math.floorMod(middle + d, 360);
          double cell = ((x - cx) * cos[angle] + (y - cy) * sin[angle]) / CELL + cells / 2.0;
          int at = (int) cell;
          if (at < 0 || at + 1 >= cells) {
            continue;
          }
          float part = (float) (cell - at);
          float own = weight * (1 - 0.5f * Math.abs(d) / WINDOW);
          votes[angle * cells + at] += own * (1 - part);
          votes[angle * cells + at + 1] += own * part;
        }
      }
    }
  }

  private record Peak(int angle, int cell, float votes) {}

  private List<List<Line>> best(int most) {
    List<Peak> peaks = new ArrayList<>();
    float least = 0.05f * Math.min(edges.width(), edges.height());
    for (int angle = 0; angle < 360; angle++) {
      for (int cell = 2; cell < cells - 2; cell++) {
        float value = votes[angle * cells + cell];
        if (value > least && highest(angle, cell, value)) {
          peaks.add(new Peak(angle, cell, value));
        }
      }
    }
    peaks.sort((a, b) -> Float.compare(b.votes(), a.votes()));
    List<Line> across = new ArrayList<>();
    List<Line> down = new ArrayList<>();
    for (Peak peak : peaks) {
      boolean level = Math.abs(sin[peak.angle()]) > Math.abs(cos[peak.angle()]);
      List<Line> lines = level ? across : down;
      if (lines.size() < most) {
        lines.add(line(peak));
      }
    }
    return List.of(across, down);
  }

  private boolean highest(int angle, int cell, float value) {
    for (int a = -3; a <= 3; a++) {
      int row = Math.floorMod(angle + a, 360) * cells;
      for (int c = -2; c <= 2; c++) {
        float other = votes[row + cell + c];
        if (other > value || (other == value && (a < 0 || (a == 0 && c < 0)))) {
          return false;
        }
      }
    }
    return true;
  }

  private Line line(Peak peak) {
    double nx = cos[peak.angle()];
    double ny = sin[peak.angle()];
    double distance =
        (peak.cell() - cells / 2.0) * CELL + nx * edges.width() / 2.0 + ny * edges.height() / 2.0;
    return LineFit.to(edges, new Line(nx, ny, distance));
  }
}
