package dev.doorstep.agent.bench;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One figure.
 *
 * @param name what was measured, such as {@code card.1.median}
 * @param unit {@code us}, {@code /s}, {@code MB/s}, {@code ms}, {@code MB}, or none
 * @param ours what the agent gave
 * @param baseline what it is compared with, if with anything
 * @param target what it is to reach, if anything
 */
public record Figure(
    String name, String unit, double ours, OptionalDouble baseline, Optional<Target> target) {

  /**
   * What is to be reached: a ratio to the baseline, or a value where there is none.
   *
   * @param bound the least or the most
   * @param most whether it is the most
   */
  public record Target(double bound, boolean most) {}

  static Figure alone(String name, String unit, double ours) {
    return new Figure(name, unit, ours, OptionalDouble.empty(), Optional.empty());
  }

  static Figure beside(String name, String unit, double ours, double baseline) {
    return new Figure(name, unit, ours, OptionalDouble.of(baseline), Optional.empty());
  }

  Figure atMost(double bound) {
    return new Figure(name, unit, ours, baseline, Optional.of(new Target(bound, true)));
  }

  Figure atLeast(double bound) {
    return new Figure(name, unit, ours, baseline, Optional.of(new Target(bound, false)));
  }

  /** Ours as a multiple of the baseline. */
  public OptionalDouble ratio() {
    return baseline.isPresent()
        ? OptionalDouble.of(ours / baseline.getAsDouble())
        : OptionalDouble.empty();
  }

  /** Whether the target is reached; empty if there is none. */
  public Optional<Boolean> reached() {
    double value = ratio().orElse(ours);
    return target.map(t -> t.most() ? value <= t.bound() : value >= t.bound());
  }
}
