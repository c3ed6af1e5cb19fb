package dev.doorstep.agent.bench;

import java.util.Arrays;

/**
 * What one run gave: how long each request took, and how long all of them.
 *
 * @param median the median of a request, in microseconds
 * @param p99 the 99th percentile, in microseconds
 * @param perSecond replies per second
 * @param wrong replies that were lost, doubled, mixed up or no success
 */
record Sample(double median, double p99, double perSecond, int wrong) {

  /** Of requests that took so many nanoseconds each, one after the other or at once. */
  static Sample of(long[] nanos, long whole, int wrong) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Sample(
        at(sorted, 0.5) / 1e3,
        at(sorted, 0.99) / 1e3,
        nanos.length * 1e9 / Math.max(1, whole),
        wrong);
  }

  /** The value in the middle of several. */
  static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static long at(long[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  }
}
