package dev.doorstep.agent.device;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a lane's thread is at: one step after the other, each with a time at which it must be done.
 * The thread begins and ends them; the watchdog looks, and may give the thread up in the middle of
 * one. From then on none begins any more, so a thread that comes back late finds nothing to do.
 */
final class Steps {
  private final Duration overdue;
  private volatile @Nullable Step current;
  private volatile boolean abandoned;

  /** Steps that may go on for so long after their deadlines. */
  Steps(Duration overdue) {
    this.overdue = overdue;
  }

  /** What a step is. */
  enum Kind {
    OPEN,
    PROBE,
    IDLE,
    HANDLE,
    CLOSE
  }

  /** One step; each is itself alone. */
  static final class Step {
    private final Kind kind;
    private final Deadline due;

    private Step(Kind kind, Deadline due) {
      this.kind = kind;
      this.due = due;
    }

    Kind kind() {
      return kind;
    }

    /** Whether it should have ended. */
    boolean isOverdue() {
      return due.expired();
    }
  }

  /** What a driver is asked in one step. */
  interface Question<T> {
    T ask() throws DeviceException;
  }

  /**
   * Carries a step out.
   *
   * @throws DeviceException the driver's, or {@code DRIVER_HUNG} once the thread was given up
   */
  <T> T during(Kind kind, Deadline deadline, Question<T> question) throws DeviceException {
    if (!begin(kind, deadline)) {
      throw new DeviceException(ErrorCode.DRIVER_HUNG, "another thread has taken this lane over");
    }
    try {
      return question.ask();
    } finally {
      end();
    }
  }

  /** Begins a step; false, and none begins, once the thread was given up. */
  synchronized boolean begin(Kind kind, Deadline deadline) {
    if (abandoned) {
      return false;
    }
    current = new Step(kind, Deadline.after(deadline.remaining().plus(overdue)));
    return true;
  }

  /** The step has ended. */
  synchronized void end() {
    current = null;
  }

  /** The step that goes on, or null between steps. */
  @Nullable Step current() {
    return current;
  }

  /** Gives the thread up, unless it has come back from this step meanwhile. */
  synchronized boolean abandon(Step step) {
    if (current != step) {
      return false;
    }
    abandoned = true;
    return true;
  }

  /** Gives the thread up, whatever it is at. */
  synchronized void abandon() {
    abandoned = true;
  }

  boolean isAbandoned() {
    return abandoned;
  }
}
