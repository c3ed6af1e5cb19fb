package dev.doorstep.agent.link;

import dev.doorstep.driver.Deadline;
import dev.doorstep.protocol.Codec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The retained documents of the point: the newest of each topic. What may pass soon waits a moment,
 * so that a device that is busy for a few milliseconds does not flood the broker. Any thread.
 */
final class RetainedDocuments {
  private static final Duration SETTLING = Duration.ofMillis(200);

  private final Map<String, Object> newest = new LinkedHashMap<>();
  private final Map<String, Deadline> changed = new LinkedHashMap<>();

  /**
   * The newest document of a topic, a record: of many in a moment one alone is written.
   *
   * @return whether it is due now; otherwise it takes the place of one that waits
   */
  synchronized boolean set(String topic, Object document) {
    newest.put(topic, document);
    return changed.putIfAbsent(topic, Deadline.after(Duration.ZERO)) == null;
  }

  /** As {@link #set}, of something that may be over in a moment: what is newest then is sent. */
  synchronized void setPassing(String topic, Object document) {
    newest.put(topic, document);
    changed.putIfAbsent(topic, Deadline.after(SETTLING));
  }

  /** A document is to be sent again after a while, although it has not changed. */
  synchronized void again(String topic, Duration pause) {
    changed.putIfAbsent(topic, Deadline.after(pause));
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
      Object document = newest.get(change.getKey());
      if (change.getValue().expired() && document != null) {
        due.add(Outgoing.retained(change.getKey(), Codec.write(document)));
        entry.remove();
      }
    }
    return due;
  }
}
