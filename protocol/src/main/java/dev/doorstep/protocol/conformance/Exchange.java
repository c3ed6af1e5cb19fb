package dev.doorstep.protocol.conformance;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A command that was sent, and what came back for it. */
final class Exchange {
  private final Draft draft;
  private final String topic;
  private final List<Arrival> replies = new CopyOnWriteArrayList<>();
  private final boolean repeat;
  private volatile boolean joined;

  /**
   * A command on its way.
   *
   * @param topic where its replies are to come
   * @param repeat whether the id was used before
   */
  Exchange(Draft draft, String topic, boolean repeat) {
    this.draft = draft;
    this.topic = topic;
    this.repeat = repeat;
  }

  Draft draft() {
    return draft;
  }

  /** Where its replies are to come. */
  String topic() {
    return topic;
  }

  boolean isRepeat() {
    return repeat;
  }

  /** From now on its final reply goes to a repeat. */
  void join() {
    joined = true;
  }

  boolean isJoined() {
    return joined;
  }

  void add(Arrival reply) {
    replies.add(reply);
  }

  /** Everything that came for it, without what the broker only sent once more. */
  List<Arrival> replies() {
    return replies.stream().filter(reply -> !reply.message().duplicate()).toList();
  }

  /** The first final reply. */
  Optional<Arrival> last() {
    return replies.stream().filter(Arrival::isFinal).findFirst();
  }

  boolean has(String state) {
    return replies.stream().anyMatch(reply -> reply.state().equals(state));
  }

  /** The command and what came for it, for engineers. */
  String story() {
    String came = replies().stream().map(Arrival::toString).collect(Collectors.joining(", "));
    return (came.isEmpty() ? "nothing" : came) + " (" + this + ")";
  }

  @Override
  public String toString() {
    String what = draft.isReadable() ? draft.operation() : "a message";
    return what + " on " + draft.device();
  }
}
