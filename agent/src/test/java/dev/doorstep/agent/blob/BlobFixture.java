package dev.doorstep.agent.blob;

import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.blob.Digests;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** A store with small limits and a clock of its own. */
final class BlobFixture {
  static final BlobLimits SMALL =
      new BlobLimits(3, 5, 1 << 20, 2 << 20, 300_000, 100_000, Duration.ofMinutes(10));

  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5); // it runs over
  private final BlobStore store;

  BlobFixture(Path folder, BlobLimits limits) throws IOException {
    store = BlobStore.open(folder, limits, clock::get);
  }

  BlobStore store() {
    return store;
  }

  void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  static byte[] bytes(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static Content.Blob blob(String id, byte[] bytes, int pieceSize) {
    int pieces = (bytes.length + pieceSize - 1) / pieceSize;
    return new Content.Blob("a/b", id, bytes.length, Digests.sha256(bytes), pieces);
  }

  static byte[] piece(byte[] bytes, int n, int pieceSize) {
    return Arrays.copyOfRange(bytes, n * pieceSize, Math.min(bytes.length, (n + 1) * pieceSize));
  }
}
