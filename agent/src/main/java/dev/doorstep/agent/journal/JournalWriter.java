package dev.doorstep.agent.journal;

import dev.doorstep.agent.device.Defects;
import dev.doorstep.protocol.ErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that writes, a group at a time. It ends when the journal is closed, never before. */
final class JournalWriter implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(JournalWriter.class);
  private static final long BETWEEN_PRUNINGS = TimeUnit.MINUTES.toNanos(10);

  /** Fewer than a pruning deletes, so that it keeps up. */
  private static final int CHANGES_BETWEEN_PRUNINGS = 400;

  /** How many keys are read at a time: nobody who waits for the disk shall notice. */
  private static final int KEYS = 500;

  private final Pending pending;
  private final OpenStore store;
  private final KeyFilter filter;
  private final Thread thread = new Thread(this::run, "doorstep-journal");
  private int changes;
  private boolean prune = true;
  private boolean fill = true;
  private long filledTo;
  private boolean failing;
  private int unlogged;

  JournalWriter(Pending pending, OpenStore store, KeyFilter filter) {
    this.pending = pending;
    this.store = store;
    this.filter = filter;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  boolean isThisThread() {
    return Thread.currentThread() == thread;
  }

  private void run() {
    boolean more = true;
    while (more) {
      try {
        more = next();
      } catch (InterruptedException e) {
        log.debug("nobody has a reason to interrupt this thread", e);
      } catch (RuntimeException | Error e) {
        log(e);
      }
    }
  }

  private boolean next() throws InterruptedException {
    Optional<List<Change>> group = pending.take(prune || fill ? 0 : BETWEEN_PRUNINGS);
    if (group.isEmpty()) {
      return false;
    }
    if (!group.get().isEmpty()) {
      write(group.get());
      changes += group.get().size();
    }
    if (fill) {
      fill();
    } else if (group.get().isEmpty() || changes >= CHANGES_BETWEEN_PRUNINGS) {
      prune();
    }
    return true;
  }

  /** A step toward the filter being whole; where the disk cannot be read it stays as it is. */
  private void fill() {
    try {
      List<Queries.Numbered> keys = store.read(disk -> disk.keysAfter(filledTo, KEYS));
      for (Queries.Numbered one : keys) {
        filter.add(one.key());
        filledTo = one.seq();
      }
      if (keys.size() < KEYS) {
        fill = false;
        filter.becomeWhole();
      }
    } catch (JournalException e) {
      fill = false;
      log.warn("the journal's keys could not be read: {}", e.getMessage());
    }
  }

  private void addToFilter(List<Change> group) {
    for (Change change : group) {
      if (change instanceof CommandChange command && command.entered()) {
        filter.add(command.key());
      }
    }
    if (filter.isWornOut() && !fill) {
      filter.beginAnew();
      filledTo = 0;
      fill = true;
    }
  }

  /** Whatever happens, everybody who waits for the group is told. */
  private void write(List<Change> group) {
    Settling settling = new Settling(group);
    addToFilter(group);
    try {
      if (write(group, settling) && failing) {
        failing = false;
        log.info("the journal can be written again");
      }
    } finally {
      settling.open().forEach(change -> settling.settle(change, defect()));
      int lost = pending.written(settling.again());
      settling.calls().forEach(this::call);
      pending.done();
      if (lost > 0) {
        log.error("{} changes could not be written to the journal and are lost", lost);
      }
    }
  }

  /**
   * One transaction; where that fails, one for each change, so that what fits is written, and a
   * change that meets a defect takes no other with it.
   *
   * @return whether the disk took all
   */
  private boolean write(List<Change> group, Settling settling) {
    try {
      List<Optional<JournalException>> told = store.write(open -> open.write(group));
      for (int i = 0; i < told.size(); i++) {
        settling.settle(group.get(i), told.get(i));
      }
      return true;
    } catch (JournalException e) {
      if (!failing) {
        failing = true;
        log.error("the journal cannot be written: {}", e.getMessage());
      }
      each(group, Optional.of(e), settling);
      return false;
    } catch (RuntimeException | Error e) {
      log(e);
      return each(group, defect(), settling);
    }
  }

  private boolean each(List<Change> group, Optional<JournalException> failure, Settling settling) {
    if (group.size() == 1) {
      settling.settle(group.get(0), failure);
      return true;
    }
    boolean all = true;
    for (Change change : group) {
      all &= write(List.of(change), settling);
    }
    return all;
  }

  private static Optional<JournalException> defect() {
    return Optional.of(
        new JournalException(
            ErrorCode.INTERNAL, "the journal met a defect while it wrote this: see the log"));
  }

  private void call(Runnable callback) {
    try {
      callback.run();
    } catch (RuntimeException | Error e) {
      log(e);
    }
  }

  /** Also where there is no memory to log with, the thread goes on. */
  private void log(Throwable defect) {
    try {
      if (unlogged > 0) {
        log.error("{} defects before this one could not be logged", unlogged);
      }
      Defects.log("journal", defect);
      unlogged = 0;
    } catch (RuntimeException | Error e) {
      unlogged++; // told with the next
    }
  }

  private void prune() {
    changes = 0;
    prune = false;
    try {
      prune = store.prune();
    } catch (JournalException e) {
      log.warn("the journal could not be pruned: {}", e.getMessage());
    }
  }

  /** Writes what waits and ends. */
  @Override
  public void close() {
    pending.close();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true; // what was told as waiting is written first
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
