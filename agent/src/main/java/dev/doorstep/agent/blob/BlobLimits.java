package dev.doorstep.agent.blob;

import java.time.Duration;

/**
 * How much of large documents the agent keeps.
 *
 * @param perClient the most documents of one client, each way
 * @param documents the most documents in all, each way
 * @param bytesPerClient the most bytes of one client, each way; no document that comes up is larger
 * @param bytes the most bytes on disk in all, both ways
 * @param held the most bytes in memory in all
 * @param heldEach the largest document that stays in memory
 * @param kept how long one is kept after the last touch
 */
public record BlobLimits(
    int perClient,
    int documents,
    long bytesPerClient,
    long bytes,
    long held,
    int heldEach,
    Duration kept) {
  /** What an agent keeps. */
  public static final BlobLimits DEFAULT =
      new BlobLimits(64, 256, 256L << 20, 512L << 20, 4L << 20, 256 << 10, Duration.ofMinutes(10));

  /** Checks that there is room for anything. */
  public BlobLimits {
    if (perClient < 1
        || documents < 1
        || bytesPerClient < 1
        || bytes < 1
        || held < 0
        || heldEach < 0
        || kept.isNegative()) {
      throw new IllegalArgumentException("limits of large documents are above 0");
    }
  }

  /** How large a document that comes up may be, if there is no other. */
  long largest() {
    return Math.min(bytesPerClient, bytes);
  }
}
