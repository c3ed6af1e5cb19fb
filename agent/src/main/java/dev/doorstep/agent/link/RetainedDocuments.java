package dev.doorstep.agent.link;

import dev.doorstep.driver.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The retained documents of the point: the newest of each topic. A change waits a moment, so that a
 * device that is busy for a few milliseconds does not flood the broker. Any thread.
 */
final class RetainedDocuments {
  private static final Duration SETTLING = Duration.ofMillis(200);

  private final Map<String, byte[]> newest = new LinkedHashMap<>();
  private final Map<String, Deadline> changed = new LinkedHashMap<>();

  /** The newest document of a topic. */
  synchronized void set(String topic, byte[] document) {
    newest.put(topic, document);
    changed.putIfAbsent(topic, Deadline.after(SETTLING));
  }

  /** After a new connection every document is due. */
  synchronized void allChanged() {
    newest.keySet().forEach(topic -> changed.put(topic, Deadline.after(Duration.ZERO)));
  }

  /** What has changed and settled; it counts as sent from now on. */
  synchronized List<Outgoing> due() {
    List<Outgoing> due = new ArrayList<>();
    for (var entry = changed.entrySet().iterator(); entry.hasNext(); ) {
      Map.Entry<String, Deadline> change = entry.next();
      byte[] document = newest.get(change.getKey());
      if (change.getValue().expired() && document != null) {
        due.add(Outgoing.retained(change.getKey(), document));
        entry.remove();
      }
    }
    return due;
  }
}
