package dev.doorstep.agent.device;

import dev.doorstep.agent.device.RunningCall.Stop;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceSettings;
import dev.doorstep.driver.Driver;
import dev.doorstep.driver.Operations;
import dev.doorstep.protocol.Command;
import dev.doorstep.protocol.DeviceStatus;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.InvalidMessageException;
import dev.doorstep.protocol.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lane of one device: its queue and the one thread that touches it. Any thread may submit,
 * cancel, ask and close. A thread that does not come back from the driver is given up, and another
 * takes its place.
 */
public final class DeviceLane implements AutoCloseable {
  /** How many commands wait at most; one more is {@code BUSY}. */
  public static final int LONGEST_QUEUE = 16;

  private static final Logger log = LoggerFactory.getLogger(DeviceLane.class);
  private static final Duration LEAVING = Duration.ofSeconds(2);

  private final DeviceSettings settings;
  private final Surroundings surroundings;
  private final Watchdog watchdog;
  private final StatusBoard board;
  private final Cutter cutter;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final JobQueue queue = new JobQueue(LONGEST_QUEUE);
  private final Crew crew;
  private boolean closing;

  /** A lane for a device; {@link #start} begins to look for it. */
  DeviceLane(
      DeviceSettings settings,
      Driver driver,
      Surroundings surroundings,
      Watchdog watchdog,
      Timing timing) {
    this.settings = settings;
    this.surroundings = surroundings;
    this.watchdog = watchdog;
    this.board = new StatusBoard(settings, driver.info(), surroundings, timing.ticker());
    this.cutter = new Cutter(settings.id());
    this.crew =
        new Crew(
            settings.id(),
            lock,
            () -> new Worker(this, settings, driver, surroundings, board, timing),
            timing);
  }

  /** Where a job was found that somebody wants cancelled. */
  public enum Place {
    /** In the queue: it has ended as {@code cancelled}; the device was not touched. */
    WAITING,
    /** At the device: it was asked to stop, and its listener hears how it ends. */
    RUNNING,
    /** Nowhere: it has ended, or never came here. */
    ABSENT
  }

  /** Begins: opens the device, or keeps trying. */
  public void start() {
    surroundings.watcher().changed(settings.id(), board.status());
    crew.send();
    watchdog.add(this);
  }

  /** The device's name. */
  public String id() {
    return settings.id();
  }

  /** How the device is, as far as the lane knows. */
  public DeviceStatus status() {
    return board.status();
  }

  /** What the device can do; empty until it was opened once. */
  public Optional<Operations> operations() {
    return board.operations();
  }

  /**
   * Reads a command's parameters and tells what it does to the world: {@code PHYSICAL} if nobody
   * can tell, since the device was never open, or does not offer the operation.
   *
   * @throws InvalidMessageException if the device does not take the parameters
   */
  public Checked check(Command command) throws InvalidMessageException {
    return Effects.of(command, board.operations());
  }

  /**
   * Puts a job into the queue.
   *
   * @return how many jobs come before it, or empty if the queue is full or the lane is closing
   */
  public OptionalInt submit(Job job) {
    lock.lock();
    try {
      if (closing || !queue.add(job)) {
        return OptionalInt.empty();
      }
      changed.signalAll();
      boolean busy = crew.working().map(Worker::isBusy).orElse(false);
      return OptionalInt.of(queue.size() - 1 + (busy ? 1 : 0));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Puts a job into the queue that an earlier start had taken, also where the queue is full.
   *
   * @return false if the lane is closing
   */
  public boolean submitAgain(Job job) {
    lock.lock();
    try {
      if (!closing) {
        queue.addAgain(job);
        changed.signalAll();
      }
      return !closing;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends a job at its client's wish. One that waits ends {@code cancelled} before this returns. One
   * that runs is asked to stop and ends {@code cancelled} once the device was proven usable, {@code
   * unknown} if the device may have acted and nobody can tell, {@code failed} if the device is not
   * usable, or as it would have ended anyway.
   *
   * @return where the job was
   */
  public Place cancel(Job job) {
    lock.lock();
    try {
      if (!queue.remove(job)) {
        boolean running = crew.working().map(w -> w.stop(job, Stop.CLIENT)).orElse(false);
        return running ? Place.RUNNING : Place.ABSENT;
      }
    } finally {
      lock.unlock();
    }
    Ends.tell(job, new Outcome.Cancelled());
    return Place.WAITING;
  }

  /**
   * Ends the lane: asks the running command to stop, then takes its wires away. Jobs that wait end
   * as {@code STOPPING}. Returns when the thread has ended, or after twice the time to leave.
   */
  @Override
  public void close() {
    Optional<Worker> last;
    lock.lock();
    try {
      closing = true;
      crew.close();
      changed.signalAll();
      last = crew.working();
    } finally {
      lock.unlock();
    }
    watchdog.remove(this);
    last.ifPresent(worker -> worker.stop(null, Stop.AGENT));
    last.ifPresent(this::await);
    endWaiting();
  }

  /** Called by the watchdog, again and again; never blocks. */
  void look() {
    List<Job> late;
    lock.lock();
    try {
      if (closing) {
        return;
      }
      late = queue.removeExpired();
      Optional<Worker> hung = crew.loses(cutter);
      hung.ifPresent(
          worker ->
              watchdog.tell(
                  () -> {
                    worker.tellHung();
                    crew.send();
                  }));
    } finally {
      lock.unlock();
    }
    if (!late.isEmpty()) {
      watchdog.tell(() -> late.forEach(j -> Ends.tell(j, Ends.expired(surroundings.locale()))));
    }
  }

  /** Waits until a worker may begin; false if the lane closes before. */
  boolean awaitStart() throws InterruptedException {
    lock.lock();
    try {
      while (!closing && !crew.startDue().expired()) {
        pause(crew.startDue());
      }
      return !closing;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a job, which the worker is handed, or until it should look after its device; false if
   * it has to leave.
   */
  boolean awaitWork(Worker asking, Deadline nextLook) throws InterruptedException {
    lock.lock();
    try {
      while (!closing && !asking.isAbandoned() && queue.isEmpty() && !nextLook.expired()) {
        pause(nextLook);
      }
      boolean stays = !closing && !asking.isAbandoned();
      asking.take(stays ? queue.poll() : null);
      return stays;
    } finally {
      lock.unlock();
    }
  }

  /** Whether a job waits for its turn. */
  boolean hasWaiting() {
    lock.lock();
    try {
      return !queue.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** A worker's thread ends. One that was given up makes room for another. */
  void left(Worker leaving) {
    if (leaving.isAbandoned()) {
      crew.hasBack();
    } else {
      endWaiting();
    }
  }

  private void await(Worker last) {
    boolean ended = false;
    try {
      ended = last.ends(LEAVING);
      if (!ended) {
        cutter.cut(last::cutForGood);
        ended = last.ends(LEAVING);
      }
    } catch (InterruptedException e) {
      cutter.cut(last::cutForGood);
      Thread.currentThread().interrupt();
    }
    if (!ended) {
      log.warn("{}: its driver does not return; the thread is left behind", settings.id());
      last.abandon(ErrorCode.STOPPING);
    }
  }

  @SuppressWarnings("WaitNotInLoop") // its callers have the loops
  private void pause(Deadline until) throws InterruptedException {
    if (changed.await(until.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
      log.trace("{}: woken", settings.id());
    }
  }

  private void endWaiting() {
    List<Job> waiting;
    lock.lock();
    try {
      closing = true;
      crew.close();
      waiting = queue.removeAll();
    } finally {
      lock.unlock();
    }
    waiting.forEach(job -> Ends.tell(job, Ends.stopping(surroundings.locale())));
  }
}
