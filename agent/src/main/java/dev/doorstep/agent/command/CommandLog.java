package dev.doorstep.agent.command;

import dev.doorstep.protocol.Reply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The commands that were taken, by client and id, so that a repeat is not carried out again. Kept
 * in memory: the last {@link #MOST} since the start. Any thread.
 */
final class CommandLog {
  /** How many commands are remembered. */
  static final int MOST = 1000;

  private final Map<Key, Entry> entries = new LinkedHashMap<>();

  /** What identifies a command. */
  record Key(String client, String id) {}

  /**
   * Enters a command, unless its key is known.
   *
   * @return the entry that was there before, or empty if this one is new
   */
  synchronized Optional<Entry> enter(Key key, Entry entry) {
    Optional<Entry> known = Optional.ofNullable(entries.putIfAbsent(key, entry));
    for (var eldest = entries.values().iterator(); entries.size() > MOST && eldest.hasNext(); ) {
      if (eldest.next().isDone()) {
        eldest.remove();
      }
    }
    return known;
  }

  /** Forgets a command that was not taken after all: it may come again. */
  synchronized void forget(Key key) {
    entries.remove(key);
  }

  /** One command: what it asked, where its replies go, and how it ended. Any thread. */
  static final class Entry {
    private final Digest digest;
    private ReplyTo replyTo;
    private @Nullable Reply last;

    Entry(Digest digest, ReplyTo replyTo) {
      this.digest = digest;
      this.replyTo = replyTo;
    }

    /** Whether another command asks for the same. */
    boolean sameAs(Entry other) {
      return digest.equals(other.digest);
    }

    synchronized boolean isDone() {
      return last != null;
    }

    /**
     * The client asks again: the replies go the newest way from now on.
     *
     * @return the final reply, if there is one already
     */
    synchronized Optional<Reply> join(ReplyTo newest) {
      replyTo = newest;
      return Optional.ofNullable(last);
    }

    synchronized ReplyTo replyTo() {
      return replyTo;
    }

    /**
     * The command ended.
     *
     * @param forRepeats what a repeat is told from now on
     * @return where the final reply goes
     */
    synchronized ReplyTo end(Reply forRepeats) {
      last = forRepeats;
      return replyTo;
    }
  }
}
