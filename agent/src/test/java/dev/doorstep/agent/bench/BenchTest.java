package dev.doorstep.agent.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.agent.bench.Bench.Part;
import dev.doorstep.simulator.testing.RealComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That the parts measure something; how much is nothing to test. */
@RealComponent("mosquitto")
class BenchTest {
  private static final BenchSize SMALL = new BenchSize(1, 8, 32, 300_000, 64);

  @Test
  @Timeout(300)
  void everyPartGivesItsFigures() throws Exception {
    List<Figure> figures = new ArrayList<>();
    try (Bench bench = new Bench(Optional.empty(), SMALL, doing -> {})) {
      for (Part part : Part.values()) {
        figures.addAll(bench.measure(part));
      }
    }

    assertThat(figures)
        .extracting(Figure::name)
        .contains(
            "card.median",
            "card16.rate",
            "down.pieces",
            "up.pieces",
            "hung.median",
            "start.ready",
            "memory.after");
    assertThat(figures)
        .filteredOn(figure -> figure.name().endsWith("wrong"))
        .hasSize(2)
        .allSatisfy(figure -> assertThat(figure.ours()).isZero());
    assertThat(figures)
        .filteredOn(figure -> !figure.name().endsWith("wrong"))
        .allSatisfy(figure -> assertThat(figure.ours()).isPositive());
  }

  @Test
  void aFigureSaysWhetherItsTargetIsReached() {
    assertThat(Figure.beside("a", "us", 120, 100).atMost(1.25).reached()).contains(true);
    assertThat(Figure.beside("a", "us", 130, 100).atMost(1.25).reached()).contains(false);
    assertThat(Figure.beside("a", "/s", 80, 100).atLeast(0.75).reached()).contains(true);
    assertThat(Figure.alone("a", "MB", 111).atMost(110).reached()).contains(false);
    assertThat(Figure.alone("a", "MB", 111).reached()).isEmpty();
  }

  @Test
  void aSampleGivesMedianAndPercentile() {
    long[] nanos = new long[100];
    for (int i = 0; i < nanos.length; i++) {
      nanos[i] = (i + 1) * 1000L;
    }

    Sample sample = Sample.of(nanos, 1_000_000_000L, 0);

    assertThat(sample.median()).isEqualTo(51);
    assertThat(sample.p99()).isEqualTo(100);
    assertThat(sample.perSecond()).isEqualTo(100);
    assertThat(Sample.median(3, 1, 2)).isEqualTo(2);
  }
}
