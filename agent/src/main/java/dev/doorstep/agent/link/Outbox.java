package dev.doorstep.agent.link;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The messages that wait for the broker, and those it has not confirmed yet, in order. Kept in
 * memory. Any thread.
 */
final class Outbox {
  /** The most that waits, in bytes; what comes on top of it is refused. */
  static final long LARGEST = Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 4);

  private final ArrayDeque<Outgoing> waiting = new ArrayDeque<>();
  private final Set<Sent> sent = new LinkedHashSet<>();
  private long bytes;
  private boolean woken;

  /** A message that was given to a connection. Each sending is its own. */
  static final class Sent {
    private final Outgoing message;

    private Sent(Outgoing message) {
      this.message = message;
    }

    Outgoing message() {
      return message;
    }
  }

  /**
   * Puts messages at the end, all or none.
   *
   * @return whether there was room
   */
  synchronized boolean add(List<Outgoing> messages) {
    long more = messages.stream().mapToLong(Outgoing::size).sum();
    if (bytes + more > LARGEST) {
      return false;
    }
    bytes += more;
    waiting.addAll(messages);
    notifyAll();
    return true;
  }

  /** Puts one small message at the end, also where there is no room: a command's only answer. */
  synchronized void addAnyway(Outgoing message) {
    bytes += message.size();
    waiting.add(message);
    notifyAll();
  }

  /** Waits until there is something to send or {@link #wake}, at most so many milliseconds. */
  synchronized void await(long millis, int window) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    long rest = millis;
    while (rest > 0 && !woken && (waiting.isEmpty() || sent.size() >= window)) {
      wait(rest);
      rest = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
    }
    woken = false;
  }

  /** The next message to send, or empty if none waits or the window is full. */
  synchronized Optional<Sent> next(int window) {
    if (waiting.isEmpty() || sent.size() >= window) {
      return Optional.empty();
    }
    Sent next = new Sent(waiting.remove());
    sent.add(next);
    return Optional.of(next);
  }

  /** The broker has it. A confirmation that comes twice does nothing. */
  synchronized void confirmed(Sent message) {
    if (sent.remove(message)) {
      bytes -= message.message().size();
      notifyAll();
    }
  }

  /**
   * The connection is gone: what it had not confirmed goes first on the next. Retained documents
   * are dropped: on the next connection the newest of each is sent anyway.
   */
  synchronized void disconnected() {
    List<Outgoing> again = new ArrayList<>();
    sent.forEach(message -> again.add(message.message()));
    again.addAll(waiting);
    again.removeIf(Outgoing::retained);
    sent.clear();
    waiting.clear();
    waiting.addAll(again);
    bytes = again.stream().mapToLong(Outgoing::size).sum();
    notifyAll();
  }

  /** Wakes whoever waits. */
  synchronized void wake() {
    woken = true;
    notifyAll();
  }

  /** Whether nothing waits and everything is confirmed. */
  synchronized boolean isEmpty() {
    return waiting.isEmpty() && sent.isEmpty();
  }
}
