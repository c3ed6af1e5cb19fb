package dev.doorstep.protocol.mqtt;

import io.netty.util.collection.IntObjectHashMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What the broker has not answered on one connection, by packet id. An id is given again only after
 * its answer. Messages and subscriptions share the ids, as MQTT has it; messages alone have a
 * window. For the connection's thread.
 */
final class Unanswered {
  private static final int MOST = 0xFFFF;

  private final IntObjectHashMap<Waiting> waiting = new IntObjectHashMap<>();
  private int last;
  private int messages;

  private record Waiting(IntConsumer answer, boolean message) {}

  /** An id for a message. */
  int message(IntConsumer acknowledged) {
    messages++;
    return next(new Waiting(acknowledged, true));
  }

  /** An id for anything else. */
  int other(IntConsumer answered) {
    return next(new Waiting(answered, false));
  }

  private int next(Waiting what) {
    if (waiting.size() >= MOST) {
      throw new IllegalStateException("no packet id is left: the broker answers nothing");
    }
    do {
      last = last % MOST + 1;
    } while (waiting.containsKey(last));
    waiting.put(last, what);
    return last;
  }

  /** How many messages are under way. */
  int messages() {
    return messages;
  }

  /** Who waits for the acknowledgement of a message; null if nobody does. */
  @Nullable IntConsumer acknowledged(int id) {
    return answered(id, true);
  }

  /** Who waits for another answer; null if nobody does. */
  @Nullable IntConsumer answered(int id) {
    return answered(id, false);
  }

  private @Nullable IntConsumer answered(int id, boolean message) {
    Waiting known = waiting.get(id);
    if (known == null || known.message() != message) {
      return null;
    }
    waiting.remove(id);
    messages -= message ? 1 : 0;
    return known.answer();
  }
}
