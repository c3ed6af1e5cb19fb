package dev.doorstep.agent.device;

import dev.doorstep.agent.device.RunningCall.Stop;
import dev.doorstep.agent.device.Steps.Kind;
import dev.doorstep.agent.device.Steps.Step;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceSettings;
import dev.doorstep.driver.Driver;
import dev.doorstep.driver.transport.LaneTransports;
import dev.doorstep.protocol.ErrorCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread of a lane and the device that it opens. A lane has one that works; those before it were
 * given up in the middle of a call of the driver, and have nothing left but to return from it.
 */
final class Worker {
  private static final Logger log = LoggerFactory.getLogger(Worker.class);
  private static final Duration IDLE_PERIOD = Duration.ofMillis(500);

  private final DeviceLane lane;
  private final String id;
  private final Surroundings surroundings;
  private final StatusBoard board;
  private final StatusBoard.Pen pen;
  private final Steps steps;
  private final Timing timing;
  private final OpenDevice device;
  private final Thread thread;
  private volatile @Nullable Run current;

  /** The step whose wires were cut; for the watchdog alone, as is the next. */
  private @Nullable Step cut;

  private Deadline patience = Deadline.after(Duration.ZERO);

  Worker(
      DeviceLane lane,
      DeviceSettings settings,
      Driver driver,
      Surroundings surroundings,
      StatusBoard board,
      Timing timing) {
    this.lane = lane;
    this.id = settings.id();
    this.surroundings = surroundings;
    this.board = board;
    this.timing = timing;
    this.pen = board.new Pen();
    this.steps = new Steps(timing.overdue());
    this.device = new OpenDevice(settings, driver, surroundings, pen, steps, timing);
    this.thread = new Thread(this::work, "doorstep-lane-" + id);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** A job is handed to this worker; under the lane's lock. */
  void take(@Nullable Job job) {
    current = job == null ? null : new Run(job, lane::hasWaiting, surroundings, board, pen);
  }

  /** Whether a job is under way. */
  boolean isBusy() {
    return current != null;
  }

  /** Asks the running job to stop; only this one, unless none is named. */
  @SuppressWarnings("ReferenceEquality") // two jobs of the same content are two jobs
  boolean stop(@Nullable Job job, Stop who) {
    Run run = current;
    if (run == null || (job != null && run.call().job() != job)) {
      return false;
    }
    return run.call().stop(who, timing.cancelling());
  }

  /** Whether the thread ends in time. */
  boolean ends(Duration time) throws InterruptedException {
    thread.join(time.toMillis());
    return !thread.isAlive();
  }

  /** Closes the wires for good; may block as long as a native close does. */
  void cutForGood() {
    Run run = current;
    if (run != null) {
      run.call().cutOff();
    }
    device.openNoMore();
    device.wires().close();
  }

  /** Gives the thread up, and ends its job. */
  void abandon(ErrorCode code) {
    steps.abandon();
    endJob(code);
  }

  /** Ends the job of a thread that was given up, and says that the device is gone. */
  void tellHung() {
    log.warn("{}: its driver does not return; another thread opens the device again", id);
    endJob(ErrorCode.DRIVER_HUNG);
    pen.putDown(Causes.of(ErrorCode.DRIVER_HUNG, surroundings.locale()));
  }

  boolean wasEverReady() {
    return device.wasEverReady();
  }

  boolean isAbandoned() {
    return steps.isAbandoned();
  }

  /**
   * Looks at the step that goes on: first its wires are cut, then its thread is given up. Called by
   * the watchdog; never blocks.
   *
   * @return whether the thread was given up just now
   */
  boolean hangs(Cutter cutter) {
    Step step = steps.current();
    if (step == null) {
      return false;
    }
    if (cut == step) {
      return patience.expired() && steps.abandon(step);
    }
    Run run = step.kind() == Kind.HANDLE ? current : null;
    if (step.isOverdue() || (run != null && run.call().isStopOverdue())) {
      cut = step;
      patience = Deadline.after(timing.cut());
      if (run != null) {
        run.call().cutOff();
      }
      LaneTransports wires = device.wires();
      cutter.cut(
          () -> {
            if (steps.current() == step) { // else it has come back by itself
              wires.close();
            }
          });
    }
    return false;
  }

  private void endJob(ErrorCode code) {
    Run run = current;
    if (run != null) {
      try {
        run.giveUp(code, "the driver does not return from the device");
      } catch (RuntimeException e) {
        Defects.log(id, e); // of whoever listens
      }
    }
  }

  private void work() {
    try {
      if (lane.awaitStart()) {
        pen.take();
        loop();
      }
    } catch (InterruptedException e) {
      log.debug("{}: interrupted", id);
    } finally {
      device.letGo();
      lane.left(this);
    }
  }

  private void loop() throws InterruptedException {
    Deadline nextLook = Deadline.after(Duration.ZERO);
    while (lane.awaitWork(this, nextLook)) {
      Run run = current;
      if (run != null) {
        carryOut(run);
      } else {
        device.lookAfter();
        nextLook = Deadline.after(IDLE_PERIOD);
      }
    }
  }

  private void carryOut(Run run) {
    try {
      run.carryOut(device, steps);
    } catch (RuntimeException | Error e) {
      Defects.log(id, e); // of whoever listens: the lane goes on
    } finally {
      if (!steps.isAbandoned()) {
        current = null;
      }
    }
  }
}
