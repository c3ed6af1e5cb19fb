package dev.doorstep.agent.device;

import dev.doorstep.driver.Call;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DocumentWriter;
import dev.doorstep.driver.Output;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.Outcome;
import dev.doorstep.protocol.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A command that runs, between its handler, whoever wants it to stop, and its listener: which hears
 * the end once and nothing after it, whichever thread tells it. Any thread.
 */
final class RunningCall implements Call, Output {
  private final Job job;
  private final BooleanSupplier othersWait;
  private final Deadline deadline;
  private final Object gate = new Object();
  private final Object order = new Object();
  private volatile Stop stop = Stop.NONE;
  private volatile Deadline stopDue;
  private volatile boolean cut;
  private boolean acted;
  private volatile boolean over;
  private boolean ended;
  private @Nullable DeviceException refusal;

  /** Who wants a command to stop. */
  enum Stop {
    NONE,
    CLIENT,
    AGENT
  }

  /**
   * A call that begins now.
   *
   * @param othersWait whether another command waits for the device
   */
  RunningCall(Job job, BooleanSupplier othersWait) {
    this.job = job;
    this.othersWait = othersWait;
    this.deadline = Deadline.after(job.command().timeout());
    this.stopDue = deadline;
  }

  Job job() {
    return job;
  }

  @Override
  public Deadline deadline() {
    return deadline;
  }

  @Override
  public boolean cancelled() {
    return over || stop != Stop.NONE;
  }

  @Override
  public void progress(String note) {
    synchronized (order) {
      if (!ended) {
        job.listener().running(note);
      }
    }
  }

  @Override
  public void acting() throws DeviceException {
    demandWanted();
    if (hasActed()) {
      return;
    }
    try {
      job.listener().acting();
    } catch (DeviceException e) {
      refusal = e;
      throw e;
    } catch (RuntimeException e) {
      DeviceException defect = Defects.told(job.command().operation(), e);
      refusal = defect;
      throw defect;
    }
    synchronized (gate) { // waiting for the disk may have taken long
      demandWanted();
      acted = true;
    }
  }

  @Override
  public Output output() {
    return this;
  }

  @Override
  public boolean wanted() {
    return !cancelled() && !othersWait.getAsBoolean();
  }

  @Override
  public boolean preview(byte[] jpeg) {
    boolean more = wanted();
    synchronized (order) {
      if (more && !ended) {
        job.listener().preview(jpeg);
      }
    }
    return more;
  }

  @Override
  public DocumentWriter document(String contentType) throws DeviceException {
    return job.documents().writer(contentType);
  }

  /**
   * Asks the handler to stop.
   *
   * @param grace for how long it may go on
   * @return false if the command has ended, or its lane is given up
   */
  boolean stop(Stop who, Duration grace) {
    synchronized (gate) {
      if (over) {
        return false;
      }
      if (stop == Stop.NONE) {
        stopDue = Deadline.after(grace);
      }
      stop = who.compareTo(stop) > 0 ? who : stop;
      return true;
    }
  }

  /** Who wants it to stop. */
  Stop stop() {
    return stop;
  }

  /** Whether somebody wanted it to stop so long ago that it should have. */
  boolean isStopOverdue() {
    return stop == Stop.CLIENT && stopDue.expired();
  }

  /** Its wires are being cut: what the handler says from now on may come from that. */
  void cutOff() {
    cut = true;
  }

  boolean isCutOff() {
    return cut;
  }

  /** Whether the device may have acted. */
  boolean hasActed() {
    synchronized (gate) {
      return acted;
    }
  }

  /** Why the listener did not let it act, if it did not. */
  Optional<DeviceException> refusal() {
    return Optional.ofNullable(refusal);
  }

  /** From now on the handler must not act; whether it may have. */
  boolean over() {
    synchronized (gate) {
      over = true;
      return acted;
    }
  }

  /** Tells the listener how it ended, unless it knows. */
  void end(Outcome outcome, Reply.Times times) {
    synchronized (order) {
      if (ended) {
        return;
      }
      ended = true;
    }
    job.listener().ended(outcome, times);
  }

  /**
   * Makes sure that the command is to go on.
   *
   * @throws DeviceException {@code STOPPING} if not
   */
  void demandWanted() throws DeviceException {
    synchronized (gate) {
      if (over || stop != Stop.NONE) {
        throw new DeviceException(ErrorCode.STOPPING, "stopped before the device acted");
      }
    }
  }
}
