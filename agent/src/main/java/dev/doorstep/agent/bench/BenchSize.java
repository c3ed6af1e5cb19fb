package dev.doorstep.agent.bench;

/**
 * How much is measured.
 *
 * @param runs how many interleaved runs
 * @param warmUp requests before the first run
 * @param requests requests of each run
 * @param document bytes of a large document
 * @param commands commands before memory is looked at again
 */
public record BenchSize(int runs, int warmUp, int requests, int document, int commands) {
  /** What figures are made from. */
  public static final BenchSize FULL = new BenchSize(5, 8_000, 2_000, 20_000_000, 100_000);

  /** Whether it works at all. */
  public static final BenchSize QUICK = new BenchSize(1, 40, 40, 1_000_000, 200);
}
