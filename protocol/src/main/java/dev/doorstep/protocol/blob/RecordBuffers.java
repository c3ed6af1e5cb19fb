package dev.doorstep.protocol.blob;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Room for sealed records while they are on their way to or from the disk, used again and again,
 * since a collector that has to follow takes longer than the disk. Safe for any thread.
 */
final class RecordBuffers {
  /** More threads at once find new ones. */
  private static final int MOST_KEPT = 4;

  private final ArrayDeque<byte[]> free = new ArrayDeque<>(MOST_KEPT);

  /** One of at least a sealed record's size, with anything in it. */
  synchronized byte[] take() {
    byte @Nullable [] one = free.poll();
    return one == null ? new byte[Spool.LARGEST_RECORD + RecordCipher.TAG] : one;
  }

  /** It is of no more use to who took it. */
  synchronized void give(byte[] one) {
    if (free.size() < MOST_KEPT) {
      free.push(one);
    }
  }
}
