package dev.doorstep.agent.journal;

/**
 * Tells of most new commands without asking the disk that they are new: a Bloom filter over the
 * keys of what is on disk. What it does not hold was never written; what it may hold is looked up.
 * Keys that were pruned stay in it, so it is begun anew now and then. The journal's thread fills
 * it, and before a change leaves {@link Pending}; any thread asks, after it asked {@link Pending}.
 */
final class KeyFilter {
  /** More keys than that would make it guess too often: one in a hundred. */
  static final int MOST = 200_000;

  private static final int WORDS = 1 << 15; // 256 KiB
  private static final int PROBES = 4;

  private volatile long[] bits = new long[WORDS];
  private volatile boolean whole;
  private int keys;

  /** Whether the command may be on disk; always, until the filter is whole. */
  boolean mayHold(CommandKey key) {
    long[] words = bits; // before: one that is begun anew is empty first, and not whole
    if (!whole) {
      return true;
    }
    long hash = hash(key);
    for (int i = 0; i < PROBES; i++) {
      int bit = probe(hash, i);
      if ((words[bit >>> 6] & (1L << bit)) == 0) {
        return false;
      }
    }
    return true;
  }

  /** The command is about to be written, or is on disk. */
  void add(CommandKey key) {
    long[] words = bits;
    long hash = hash(key);
    for (int i = 0; i < PROBES; i++) {
      int bit = probe(hash, i);
      words[bit >>> 6] |= 1L << bit;
    }
    keys++;
  }

  /** Everything on disk was added. */
  void becomeWhole() {
    whole = true;
  }

  /** Whether it holds so many keys that it should begin anew. */
  boolean isWornOut() {
    return keys > MOST;
  }

  /** Forgets all; it is not whole from now on. */
  void beginAnew() {
    whole = false;
    bits = new long[WORDS];
    keys = 0;
  }

  /** One of the probes that two halves of a hash make (Kirsch and Mitzenmacher). */
  private static int probe(long hash, int n) {
    int bit = (int) hash + n * (int) (hash >>> 32);
    return bit & (WORDS * Long.SIZE - 1);
  }

  /** The texts' own hashes, mixed as in SplittableRandom. */
  private static long hash(CommandKey key) {
    long z = ((long) key.client().hashCode() << 32) ^ (key.id().hashCode() & 0xFFFF_FFFFL);
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
