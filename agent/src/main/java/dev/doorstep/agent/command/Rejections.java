package dev.doorstep.agent.command;

import dev.doorstep.agent.journal.CommandKey;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The commands that were rejected last. A rejected command may be sent again, but a message that
 * the broker delivers again is the same one: its sender was told, and acts on it. Any thread.
 */
final class Rejections {
  private static final int MOST = 1000;

  private final Map<CommandKey, Rejected> rejected = new LinkedHashMap<>();

  private record Rejected(Digest digest, Refusal refusal) {}

  /** Keeps a rejection. */
  synchronized void remember(CommandKey key, Digest digest, Refusal refusal) {
    rejected.remove(key);
    rejected.put(key, new Rejected(digest, refusal));
    if (rejected.size() > MOST) {
      rejected.remove(rejected.keySet().iterator().next());
    }
  }

  /**
   * Passes what is new, or was sent again.
   *
   * @throws Refusal the one before, if the broker delivers a rejected command again
   */
  synchronized void demandNone(Request request, CommandKey key, Digest digest) throws Refusal {
    Rejected before = rejected.get(key);
    if (before != null && request.redelivered() && before.digest().equals(digest)) {
      throw before.refusal();
    }
  }
}
