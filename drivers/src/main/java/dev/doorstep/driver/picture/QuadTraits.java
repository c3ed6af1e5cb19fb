package dev.doorstep.driver.picture;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** What speaks for a quad's being the page, and what against it: a number for each trait. */
final class QuadTraits {
  private final EdgeMap edges;
  private final Quad quad;
  private final List<SideView> sides;
  private final double seen;
  private final Map<Trait, Double> values = new EnumMap<>(Trait.class);

  private QuadTraits(EdgeMap edges, Quad quad) {
    this.edges = edges;
    this.quad = quad;
    this.sides =
        IntStream.range(0, 4)
            .mapToObj(i -> SideView.of(edges, quad.corner(i), quad.corner(i + 1)))
            .toList();
    this.seen = Math.max(1, sides.stream().mapToInt(SideView::seen).sum());
  }

  /** Each trait of a quad. */
  static Map<Trait, Double> of(EdgeMap edges, Quad quad) {
    QuadTraits traits = new QuadTraits(edges, quad);
    traits.along();
    traits.past();
    traits.place();
    traits.colours();
    return traits.values;
  }

  private void set(Trait trait, double value) {
    values.put(trait, value);
  }

  private void along() {
    set(Trait.CLEAR, mean(SideView::clear));
    set(Trait.CLEAR_WORST, least(SideView::clear));
    set(Trait.ONE_STEP, mean(SideView::same));
    set(Trait.ONE_STEP_WORST, least(SideView::same));
    set(Trait.SHARP, mean(SideView::sharp));
    set(Trait.SHARP_WORST, least(SideView::sharp));
    set(Trait.FLAT_INSIDE, mean(SideView::flat));
    set(Trait.FLAT_INSIDE_WORST, least(SideView::flat));
    set(Trait.CALM_OUTSIDE, mean(SideView::calm));
    set(Trait.CALM_OUTSIDE_WORST, least(SideView::calm));
    set(Trait.INK_INSIDE, mean(SideView::inkInside));
    set(Trait.INK_OUTSIDE, mean(SideView::inkOutside));
    set(Trait.INK_OUTSIDE_MOST, -least(side -> -side.inkOutside()));
    set(Trait.RIM, mean(SideView::rim));
    set(Trait.RIM_MOST, -least(side -> -side.rim()));
  }

  /** The mean of all sides, each counting as long as it is seen. */
  private double mean(ToDoubleFunction<SideView> value) {
    return sides.stream().mapToDouble(side -> value.applyAsDouble(side) * side.seen()).sum() / seen;
  }

  private double least(ToDoubleFunction<SideView> value) {
    return sides.stream().mapToDouble(value).min().orElseThrow();
  }

  private void past() {
    double[] any = new double[8];
    double[] same = new double[8];
    double[] whole = new double[8];
    double unseen = 0;
    for (int i = 0; i < 4; i++) {
      // those that go on past side i
      PastEnd[] ends = {sides.get((i + 3) % 4).after(), sides.get((i + 1) % 4).before()};
      for (int k = 0; k < 2; k++) {
        any[2 * i + k] = ends[k].any();
        same[2 * i + k] = ends[k].same();
        whole[2 * i + k] = ends[k].whole();
        unseen += ends[k].seen() ? 0 : 1;
      }
    }
    set(Trait.PAST_ANY, Arrays.stream(any).sum() / 8);
    set(Trait.PAST_SAME, Arrays.stream(same).sum() / 8);
    set(Trait.PAST_WHOLE, Arrays.stream(whole).sum() / 8);
    set(Trait.PAST_BOTH_ANY, both(any));
    set(Trait.PAST_BOTH_SAME, both(same));
    set(Trait.PAST_BOTH_WHOLE, both(whole));
    set(Trait.PAST_UNSEEN, unseen / 8);
    Arrays.sort(same);
    set(Trait.PAST_SECOND, same[6]);
  }

  private static double both(double[] ends) {
    return IntStream.range(0, 4)
        .mapToDouble(i -> Math.min(ends[2 * i], ends[2 * i + 1]))
        .max()
        .orElseThrow();
  }

  private void place() {
    double share = quad.area() / (edges.width() * (double) edges.height());
    double around = quad.side(0) + quad.side(1) + quad.side(2) + quad.side(3);
    set(Trait.SIZE, Math.sqrt(Math.max(0, share)));
    set(Trait.OFF_MIDDLE, edges.away(quad.middle()));
    set(Trait.HIDDEN, 1 - Math.min(1, seen * Across.PACE / Math.max(1, around)));
    set(Trait.CORNERS_OUTSIDE, Math.max(0.0, (double) cornersOutside() - 1));
  }

  private long cornersOutside() {
    int rim = EdgeMap.FRAME - 3;
    return quad.corners().stream()
        .filter(
            p ->
                p.x() <= rim
                    || p.y() <= rim
                    || p.x() >= edges.width() - rim
                    || p.y() >= edges.height() - rim)
        .count();
  }

  private void colours() {
    set(Trait.ALIKE, Math.abs(mean(side -> Math.signum(side.step()[1]))));
    set(Trait.STRENGTH, Math.min(1, 2 * mean(SideView::strength)));
    set(Trait.STRENGTH_WORST, Math.min(1, 4 * least(SideView::strength)));
    set(Trait.HUE, Math.min(1, 4 * mean(SideView::hue)));
    set(Trait.HUE_WORST, Math.min(1, 8 * least(SideView::hue)));
    double[] paper = spread(sides.stream().map(SideView::inside).toList());
    double[] desk = spread(sides.stream().map(SideView::outside).toList());
    set(Trait.PAPER_LIGHT_DIFFERS, paper[0]);
    set(Trait.PAPER_HUE_DIFFERS, paper[1]);
    set(Trait.DESK_LIGHT_DIFFERS, desk[0]);
    set(Trait.DESK_HUE_DIFFERS, desk[1]);
  }

  /** How much four colours differ in brightness, and in hue. */
  private static double[] spread(List<double[]> colours) {
    double light = 0;
    double hue = 0;
    for (double[] a : colours) {
      for (double[] b : colours) {
        light = Math.max(light, Math.abs(a[1] - b[1]));
        hue = Math.max(hue, Math.abs(a[0] - a[1] - b[0] + b[1]));
        hue = Math.max(hue, Math.abs(a[2] - a[1] - b[2] + b[1]));
      }
    }
    return new double[] {Math.min(1, light), Math.min(1, 3 * hue)};
  }
}
