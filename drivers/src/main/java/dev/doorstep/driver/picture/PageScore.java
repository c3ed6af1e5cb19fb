package dev.doorstep.driver.picture;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How likely a quad with such traits is the page: the logarithm of the odds against there being
 * none. A sum of the traits, and of eight tangents of such sums, as some traits mean something else
 * together than alone. The weights are those of {@code page-score.txt}, which tells how they came
 * about.
 */
final class PageScore {
  /** So many times its usual spread, a trait says no more. */
  private static final double MOST = 6;

  private static final PageScore SCORE = read();

  /** For each trait its usual value, spread, own weight, and weight in each tangent. */
  private final Map<Trait, double[]> rows = new EnumMap<>(Trait.class);

  private final double[] base;
  private final double[] outer;

  private PageScore(Map<String, double[]> table) {
    for (Trait trait : Trait.values()) {
      rows.put(trait, Objects.requireNonNull(table.get(trait.name()), trait.name()));
    }
    base = Objects.requireNonNull(table.get("base"));
    outer = Objects.requireNonNull(table.get("outer"));
  }

  private static PageScore read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(PageScore.class.getResourceAsStream("page-score.txt")),
                StandardCharsets.UTF_8))) {
      Map<String, double[]> table = new HashMap<>();
      lines
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.trim().split("\\s+"))
          .forEach(
              words ->
                  table.put(
                      words[0],
                      Arrays.stream(words).skip(1).mapToDouble(Double::parseDouble).toArray()));
      return new PageScore(table);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of a quad with all of the traits. */
  static double of(Map<Trait, Double> traits) {
    return SCORE.score(traits);
  }

  private double score(Map<Trait, Double> traits) {
    double sum = base[0];
    double[] inner = Arrays.copyOfRange(base, 1, base.length);
    for (Map.Entry<Trait, double[]> one : rows.entrySet()) {
      double[] row = one.getValue();
      double value = (traits.getOrDefault(one.getKey(), 0.0) - row[0]) / row[1];
      value = Math.max(-MOST, Math.min(MOST, value));
      sum += row[2] * value;
      for (int k = 0; k < inner.length; k++) {
        inner[k] += row[3 + k] * value;
      }
    }
    for (int k = 0; k < inner.length; k++) {
      sum += outer[k] * Math.tanh(inner[k]);
    }
    return sum;
  }
}
