package dev.doorstep.agent.command;

import dev.doorstep.agent.journal.CommandKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The commands in memory: all that are under way, and of those that ended the newest. Older ones
 * are in the journal. Any thread.
 */
final class Commands {
  /** How many that ended are kept at most. */
  static final int MOST = 250;

  /** How many bytes the replies of those may take. */
  static final long LARGEST = 4L << 20;

  private final Map<CommandKey, Entry> entries = new LinkedHashMap<>();
  private long bytes;
  private int ended;

  /**
   * Enters a command, unless its key is known.
   *
   * @return the entry that was there before, or empty if this one is new
   */
  synchronized Optional<Entry> enter(Entry entry) {
    return Optional.ofNullable(entries.putIfAbsent(entry.key(), entry));
  }

  /** The entry of a key, or empty if it is not in memory. */
  synchronized Optional<Entry> find(CommandKey key) {
    return Optional.ofNullable(entries.get(key));
  }

  /** Forgets a command that was not taken after all: it may come again. */
  synchronized void forget(Entry entry) {
    entries.remove(entry.key(), entry);
  }

  /** A command ended; the oldest that did make room for it. */
  synchronized void ended(Entry entry) {
    if (entries.get(entry.key()) != entry) {
      return;
    }
    ended++;
    bytes += entry.size();
    for (var eldest = entries.values().iterator();
        eldest.hasNext() && (ended > MOST || bytes > LARGEST); ) {
      Entry old = eldest.next();
      if (old != entry && old.isDone()) {
        ended--;
        bytes -= old.size();
        eldest.remove();
      }
    }
  }
}
