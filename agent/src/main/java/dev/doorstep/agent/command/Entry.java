package dev.doorstep.agent.command;

import dev.doorstep.agent.journal.CommandKey;
import dev.doorstep.protocol.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One command in memory: what it asked, where its replies go, and how it ended. Any thread. */
final class Entry {
  private final CommandKey key;
  private final Digest digest;
  private final List<Runnable> untilSafe = new ArrayList<>();
  private final List<Consumer<State>> untilTold = new ArrayList<>();
  private ReplyTo replyTo;
  private @Nullable Runnable underway;
  private @Nullable WrittenReply last;
  private boolean safe;
  private boolean told;

  Entry(CommandKey key, Digest digest, ReplyTo replyTo) {
    this.key = key;
    this.digest = digest;
    this.replyTo = replyTo;
  }

  CommandKey key() {
    return key;
  }

  /** Whether another command asks for the same. */
  boolean asksFor(Digest other) {
    return digest.equals(other);
  }

  synchronized boolean isDone() {
    return last != null;
  }

  /** How many bytes its reply takes. */
  synchronized int size() {
    return last == null ? 0 : last.json().length;
  }

  /** It can be cancelled from now on; how it ends is told as every end is. */
  synchronized void underway(Runnable how) {
    underway = how;
  }

  /** What can cancel it; empty if it ended or waits for no device. */
  synchronized Optional<Runnable> underway() {
    return Optional.ofNullable(last == null ? underway : null);
  }

  /** Has the state told once its final reply was sent, or now if it was. */
  void whenTold(Consumer<State> listener) {
    Optional<State> end;
    synchronized (this) {
      end = Optional.ofNullable(told ? last : null).flatMap(Entry::state);
      if (end.isEmpty()) {
        untilTold.add(listener);
      }
    }
    end.ifPresent(listener);
  }

  /** Runs when the command cannot be lost any more, or now if it cannot. */
  void whenSafe(Runnable listener) {
    synchronized (this) {
      if (!safe) {
        untilSafe.add(listener);
        return;
      }
    }
    listener.run();
  }

  /** The command cannot be lost any more: it is in the journal, or answered. */
  void safe() {
    List<Runnable> listeners;
    synchronized (this) {
      safe = true;
      listeners = List.copyOf(untilSafe);
      untilSafe.clear();
    }
    listeners.forEach(Runnable::run);
  }

  /**
   * The client asks again: the replies go the newest way from now on.
   *
   * @return the final reply, if there is one already
   */
  synchronized Optional<WrittenReply> join(ReplyTo newest) {
    replyTo = newest;
    return Optional.ofNullable(last);
  }

  synchronized ReplyTo replyTo() {
    return replyTo;
  }

  /**
   * The command ended.
   *
   * @param reply what it and its repeats are told
   * @return where it goes
   */
  synchronized ReplyTo end(WrittenReply reply) {
    last = reply;
    underway = null;
    return replyTo;
  }

  /** Its final reply was sent: whoever waits for that may be answered after it. */
  void told() {
    List<Consumer<State>> listeners;
    Optional<State> end;
    synchronized (this) {
      told = true;
      end = Optional.ofNullable(last).flatMap(Entry::state);
      listeners = List.copyOf(untilTold);
      untilTold.clear();
    }
    end.ifPresent(state -> listeners.forEach(each -> each.accept(state)));
  }

  private static Optional<State> state(WrittenReply reply) {
    return reply.head().state().as(State.class);
  }
}
