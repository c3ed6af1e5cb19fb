package dev.doorstep.agent.journal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is not on disk yet: one change for each command and event, in the order in which they were
 * first touched, and beside it the group that is being written. Any thread.
 */
final class Pending {
  /** How many changes may wait before no more commands are entered. */
  static final int MOST = 10_000;

  /** How many bytes of messages may wait before no more commands are entered. */
  static final int LARGEST = 4 << 20;

  private static final int MANY = 1000;
  private static final long GROUPING = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long BETWEEN_TRIES = TimeUnit.SECONDS.toNanos(1);

  private Map<Object, Change> waiting = new LinkedHashMap<>();
  private Map<Object, Change> writing = Map.of();
  private int bytes;
  private boolean fresh;
  private boolean urgent;
  private boolean closed;
  private long due;
  private long taken; // groups
  private long done;

  /**
   * Changes what is to be written of a command.
   *
   * @return whether that was still possible
   */
  synchronized boolean command(CommandKey key, Consumer<CommandChange> how) {
    return change(key, (CommandChange) waiting.getOrDefault(key, new CommandChange(key)), how);
  }

  /** Changes what is to be written of an event; otherwise as {@link #command}. */
  synchronized boolean event(String id, Consumer<EventChange> how) {
    return change(id, (EventChange) waiting.getOrDefault(id, new EventChange(id)), how);
  }

  private <C extends Change> boolean change(Object key, C change, Consumer<C> how) {
    if (closed) {
      return false;
    }
    bytes -= change.size();
    how.accept(change);
    bytes += change.size();
    waiting.put(key, change);
    if (!fresh) {
      fresh = true;
      due = System.nanoTime() + GROUPING;
      notifyAll();
    }
    if ((change.synced() || waiting.size() >= MANY) && !urgent) {
      urgent = true;
      notifyAll();
    }
    return true;
  }

  /** Whether so many changes wait that no command can be taken on top of them. */
  synchronized boolean isFull() {
    return waiting.size() + writing.size() >= MOST || bytes >= LARGEST;
  }

  /** What is to be written of a command, oldest first: of none, one or two groups. */
  synchronized List<CommandChange> of(CommandKey key) {
    List<CommandChange> found = new ArrayList<>(2);
    add(found, writing.get(key));
    add(found, waiting.get(key));
    return found;
  }

  /** Whether a change holds the whole command, so that the disk has nothing to add. */
  synchronized boolean entered(CommandChange change) {
    return change.entered();
  }

  /** What is known of a command, with these changes on top of what is on disk. */
  synchronized Optional<Known> over(List<CommandChange> changes, Optional<Known> onDisk) {
    Optional<Known> known = onDisk;
    for (CommandChange change : changes) {
      known = change.over(known);
    }
    return known;
  }

  private static void add(List<CommandChange> found, @Nullable Change change) {
    if (change instanceof CommandChange command) {
      found.add(command);
    }
  }

  /**
   * Waits for the next group: at once if the disk is waited for, else as soon as it is worth it.
   * What could not be written before comes again with the next change, or after a second.
   *
   * @param patience how long to wait at most, in nanoseconds
   * @return the group, empty if there was none in that time; or nothing after {@link #close} if all
   *     was taken
   */
  synchronized Optional<List<Change>> take(long patience) throws InterruptedException {
    long end = System.nanoTime() + patience;
    long rest = rest(end);
    while (rest > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, rest);
      rest = rest(end);
    }
    if (waiting.isEmpty()) {
      return closed ? Optional.empty() : Optional.of(List.of());
    }
    writing = waiting;
    waiting = new LinkedHashMap<>();
    bytes = 0;
    fresh = false;
    urgent = false;
    taken++;
    return Optional.of(List.copyOf(writing.values()));
  }

  /** Everybody who waited for the group that was taken last was told. */
  synchronized void done() {
    done = taken;
    notifyAll();
  }

  /**
   * Has what waits taken at once, and waits until that group is {@link #done}.
   *
   * @param patience how long to wait at most, in nanoseconds
   * @return whether it is done
   */
  synchronized boolean flush(long patience) throws InterruptedException {
    long end = System.nanoTime() + patience;
    long last = taken;
    if (!waiting.isEmpty()) {
      last++;
      urgent = true;
      notifyAll();
    }
    long rest = patience;
    while (done < last && rest > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, rest);
      rest = end - System.nanoTime();
    }
    return done >= last;
  }

  private long rest(long end) {
    if (closed || urgent) {
      return 0;
    }
    long now = System.nanoTime();
    return waiting.isEmpty() ? end - now : due - now;
  }

  /**
   * The group was written, except for some changes that are to be tried again.
   *
   * @return how many were let go: after {@link #close}, and of events where too many wait
   */
  synchronized int written(Set<Change> again) {
    int lost = 0;
    for (Map.Entry<Object, Change> one : writing.entrySet()) {
      if (again.contains(one.getValue()) && !keep(one.getKey(), one.getValue())) {
        lost++;
      }
    }
    writing = Map.of();
    if (!fresh && !waiting.isEmpty()) {
      due = System.nanoTime() + BETWEEN_TRIES;
    }
    return lost;
  }

  private boolean keep(Object key, Change change) {
    if (closed || (change instanceof EventChange && isFull())) {
      return false;
    }
    Change newer = waiting.get(key);
    if (newer == null) {
      waiting.put(key, change);
      bytes += change.size();
    } else {
      bytes -= newer.size();
      newer.takeOver(change);
      bytes += newer.size();
    }
    return true;
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** From now on nothing changes any more; what waits is written at once. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
