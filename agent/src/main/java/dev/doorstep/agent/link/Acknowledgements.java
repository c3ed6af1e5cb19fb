package dev.doorstep.agent.link;

import java.util.ArrayDeque;
import java.util.function.IntConsumer;

/**
 * The messages of one connection that the broker does not know to be safe yet. They are
 * acknowledged in the order in which they came (MQTT 5, 4.6), whichever is safe first. Any thread.
 */
final class Acknowledgements {
  private final IntConsumer acknowledge;
  private final ArrayDeque<Pending> pending = new ArrayDeque<>();

  /**
   * None yet.
   *
   * @param acknowledge tells the broker, by the message's id
   */
  Acknowledgements(IntConsumer acknowledge) {
    this.acknowledge = acknowledge;
  }

  private static final class Pending {
    private final int id;
    private boolean safe;

    Pending(int id) {
      this.id = id;
    }
  }

  /**
   * A message came.
   *
   * @return to be run once it is safe; running it again does nothing
   */
  synchronized Runnable expect(int id) {
    Pending message = new Pending(id);
    pending.add(message);
    return () -> safe(message);
  }

  private synchronized void safe(Pending message) {
    message.safe = true;
    Pending head = pending.peek();
    while (head != null && head.safe) {
      pending.remove();
      acknowledge.accept(head.id);
      head = pending.peek();
    }
  }
}
