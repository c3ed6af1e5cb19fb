package dev.doorstep.agent.device;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceSettings;
import dev.doorstep.driver.Driver;
import dev.doorstep.driver.Operations;
import dev.doorstep.protocol.DeviceStatus;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.Outcome;
import dev.doorstep.protocol.Problem;
import dev.doorstep.protocol.Reply;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lane of one device: its queue and the one thread that touches it. Any thread may submit, ask
 * and close.
 */
public final class DeviceLane implements AutoCloseable {
  /** How many commands wait at most; one more is {@code BUSY}. */
  public static final int LONGEST_QUEUE = 16;

  private static final Logger log = LoggerFactory.getLogger(DeviceLane.class);
  private static final Duration IDLE_PERIOD = Duration.ofMillis(500);
  private static final Duration LEAVING = Duration.ofSeconds(2);

  private final DeviceSettings settings;
  private final Surroundings surroundings;
  private final StatusBoard board;
  private final OpenDevice device;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Job> queue = new ArrayDeque<>();
  private boolean closing;
  private volatile @Nullable Run current;

  /** A lane for a device; {@link #start} begins to look for it. */
  public DeviceLane(DeviceSettings settings, Driver driver, Surroundings surroundings) {
    this.settings = settings;
    this.surroundings = surroundings;
    this.board = new StatusBoard(settings, driver.info(), surroundings);
    this.device = new OpenDevice(settings, driver, surroundings, board);
    this.thread = new Thread(this::work, "doorstep-lane-" + settings.id());
    thread.setDaemon(true);
  }

  /** Begins: opens the device, or keeps trying. */
  public void start() {
    surroundings.watcher().changed(settings.id(), board.status());
    thread.start();
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
    return device.operations();
  }

  /**
   * Puts a job into the queue.
   *
   * @return how many jobs come before it, or empty if the queue is full or the lane is closing
   */
  public OptionalInt submit(Job job) {
    lock.lock();
    try {
      if (closing || queue.size() >= LONGEST_QUEUE) {
        return OptionalInt.empty();
      }
      queue.add(job);
      changed.signalAll();
      return OptionalInt.of(queue.size() - 1 + (current == null ? 0 : 1));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the lane: asks the running command to stop, then takes its wires away. Jobs that wait end
   * as {@code STOPPING}. Returns when the thread has ended, or after twice the time to leave.
   */
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    Run running = current;
    if (running != null) {
      running.cancel();
    }
    try {
      thread.join(LEAVING.toMillis());
      device.cutWires();
      thread.join(LEAVING.toMillis());
    } catch (InterruptedException e) {
      device.cutWires();
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      log.warn("{}: its driver does not return; the thread is left behind", settings.id());
    }
  }

  private void work() {
    try {
      Deadline nextLook = Deadline.after(Duration.ZERO);
      Job job = next(nextLook);
      while (job != null || !isClosing()) {
        if (job != null) {
          carryOut(job);
        } else {
          device.lookAfter();
          nextLook = Deadline.after(IDLE_PERIOD);
        }
        job = next(nextLook);
      }
    } catch (InterruptedException e) {
      log.debug("{}: interrupted", settings.id());
    } finally {
      device.close();
      endWaiting();
    }
  }

  private @Nullable Job next(Deadline nextLook) throws InterruptedException {
    lock.lock();
    try {
      while (!closing && queue.isEmpty() && !nextLook.expired()) {
        long rest = nextLook.remaining().toNanos();
        if (changed.await(rest, TimeUnit.NANOSECONDS)) {
          log.trace("{}: woken", settings.id());
        }
      }
      Job job = closing ? null : queue.poll();
      current = job == null ? null : new Run(job, surroundings, board);
      return job;
    } finally {
      lock.unlock();
    }
  }

  private void carryOut(Job job) {
    Run run = current;
    if (run == null) {
      throw new IllegalStateException("no run for " + job);
    }
    if (isClosing()) {
      run.cancel();
    }
    try {
      run.carryOut(device);
    } catch (RuntimeException | Error e) {
      Defects.log(settings.id(), e); // of whoever listens: the lane goes on
    } finally {
      current = null;
    }
  }

  private boolean isClosing() {
    lock.lock();
    try {
      return closing;
    } finally {
      lock.unlock();
    }
  }

  private void endWaiting() {
    while (true) {
      Job job;
      lock.lock();
      try {
        closing = true;
        job = queue.poll();
      } finally {
        lock.unlock();
      }
      if (job == null) {
        return;
      }
      Problem stopping = Problem.of(ErrorCode.STOPPING, "the agent stops", surroundings.locale());
      Duration queued = Duration.ofNanos(System.nanoTime() - job.arrived());
      job.listener().ended(new Outcome.Failed(stopping), new Reply.Times(queued, Duration.ZERO));
    }
  }
}
