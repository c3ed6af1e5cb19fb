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

  private final Pending pending;
  private final OpenStore store;
  private final Thread thread = new Thread(this::run, "doorstep-journal");
  private int changes;
  private boolean prune = true;
  private boolean failing;
  private int unlogged;

  JournalWriter(Pending pending, OpenStore store) {
    this.pending = pending;
    this.store = store;
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
    Optional<List<Change>> group = pending.take(prune ? 0 : BETWEEN_PRUNINGS);
    if (group.isEmpty()) {
      return false;
    }
    if (group.get().isEmpty()) {
      prune();
      return true;
    }
    write(group.get());
    changes += group.get().size();
    if (changes >= CHANGES_BETWEEN_PRUNINGS) {
      prune();
    }
    return true;
  }

  /** Whatever happens, everybody who waits for the group is told. */
  private void write(List<Change> group) {
    Settling settling = new Settling(group);
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
