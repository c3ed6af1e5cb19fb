package dev.doorstep.agent.journal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What became of the changes of a group. Who is told waits until the whole group is through:
 * whoever is told that an entry failed finds it forgotten. The journal's thread only.
 */
final class Settling {
  private final Set<Change> open;
  private final Set<Change> again = new HashSet<>();
  private final List<Runnable> calls = new ArrayList<>();

  Settling(List<Change> group) {
    open = new LinkedHashSet<>(group);
  }

  /** What became of a change; the first time counts. */
  void settle(Change change, Optional<JournalException> failure) {
    if (!open.remove(change)) {
      return;
    }
    Change.Settled settled = change.settle(failure);
    if (settled.again()) {
      again.add(change);
    }
    Written written = new Written(failure);
    settled.waiting().forEach(one -> calls.add(() -> one.accept(written)));
  }

  /** The changes of which nobody knows what became of them. */
  List<Change> open() {
    return List.copyOf(open);
  }

  /** The changes that are to be tried again. */
  Set<Change> again() {
    return again;
  }

  /** Tells who waits, each once. */
  List<Runnable> calls() {
    return calls;
  }
}
