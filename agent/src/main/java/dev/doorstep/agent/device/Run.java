package dev.doorstep.agent.device;

import dev.doorstep.driver.Call;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.Operations;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Command;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.InvalidMessageException;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.Outcome;
import dev.doorstep.protocol.Problem;
import dev.doorstep.protocol.Reply;
import dev.doorstep.protocol.operation.ReadDeviceStatus;
import java.time.Duration;

/** One command while the device is at it; the lane's thread carries it out, any may cancel it. */
final class Run implements Call {
  private static final Duration RECHECK = Duration.ofSeconds(3);

  private final Job job;
  private final Surroundings surroundings;
  private final StatusBoard board;
  private final Deadline deadline;
  private volatile boolean cancelled;
  private boolean acted;

  Run(Job job, Surroundings surroundings, StatusBoard board) {
    this.job = job;
    this.surroundings = surroundings;
    this.board = board;
    this.deadline = Deadline.after(job.command().timeout());
  }

  /** Carries the command out and tells its listener, exactly once, how it ended. */
  void carryOut(OpenDevice device) {
    long begun = System.nanoTime();
    Outcome outcome = outcome(device);
    long ended = System.nanoTime();
    job.listener()
        .ended(
            outcome,
            new Reply.Times(
                Duration.ofNanos(begun - job.arrived()), Duration.ofNanos(ended - begun)));
    if (!(outcome instanceof Outcome.Succeeded) && device.isOpen()) {
      device.check(Deadline.after(RECHECK)); // what it lacks may have changed
    }
  }

  @Override
  public Deadline deadline() {
    return deadline;
  }

  @Override
  public boolean cancelled() {
    return cancelled;
  }

  @Override
  public void progress(String note) {
    job.listener().running(note);
  }

  @Override
  public void acting() throws DeviceException {
    if (cancelled) {
      throw new DeviceException(ErrorCode.STOPPING, "stopped before the device acted");
    }
    acted = true;
  }

  void cancel() {
    cancelled = true;
  }

  /**
   * A line that was open before may have ended unseen, as printers end one that is quiet: then the
   * device is opened anew, once, unless it may have acted.
   */
  private Outcome attemptOnALiveLine(OpenDevice device)
      throws DeviceException, InvalidMessageException {
    boolean wasOpen = device.isOpen();
    try {
      return attempt(device);
    } catch (DeviceException e) {
      if (!wasOpen || acted || cancelled || e.code() != ErrorCode.DISCONNECTED) {
        throw e;
      }
      device.lose(e);
      return attempt(device);
    }
  }

  private Outcome outcome(OpenDevice device) {
    try {
      return job.expiry().expired() ? expired() : attemptOnALiveLine(device);
    } catch (InvalidMessageException e) {
      return new Outcome.Rejected(
          problem(ErrorCode.INVALID_PARAMETERS, String.valueOf(e.getMessage())));
    } catch (DeviceException e) {
      if (e.code() == ErrorCode.DISCONNECTED && device.isOpen()) {
        device.lose(e);
      }
      return failed(e);
    } catch (RuntimeException | Error e) { // an Error too: a command always gets its answer
      DeviceException defect = Defects.told(job.command().operation(), e);
      device.lose(defect);
      return failed(defect);
    }
  }

  private Outcome attempt(OpenDevice device) throws DeviceException, InvalidMessageException {
    Command command = job.command();
    if (command.operation().equals(ReadDeviceStatus.TYPE.name())) {
      Codec.parameters(ReadDeviceStatus.TYPE, command.parameters());
      device.check(deadline);
      return new Outcome.Succeeded(board.status());
    }
    device.ensureOpen(deadline);
    Operations operations = device.operations().orElseThrow();
    var entry = operations.find(command.operation());
    if (entry.isEmpty()) {
      return new Outcome.Rejected(
          problem(ErrorCode.UNSUPPORTED, "the device does not offer this operation"));
    }
    board.busy(true);
    try {
      return new Outcome.Succeeded(handle(entry.get()));
    } finally {
      board.busy(false);
    }
  }

  private <P extends Operation<R>, R> R handle(Operations.Entry<P, R> entry)
      throws DeviceException, InvalidMessageException {
    P parameters = Codec.parameters(entry.type(), job.command().parameters());
    job.listener().running("");
    return entry.handler().handle(parameters, this);
  }

  private Outcome expired() {
    return new Outcome.Expired(
        problem(ErrorCode.EXPIRED, "it waited longer than its message allows"));
  }

  /** A line that broke after the device may have acted leaves its end unknown. */
  private Outcome failed(DeviceException e) {
    Problem problem = problem(e.code(), String.valueOf(e.getMessage()));
    boolean nobodyKnows =
        e.inDoubt() || e.code().kind() == ErrorCode.Kind.LINK || e.code() == ErrorCode.INTERNAL;
    return acted && nobodyKnows ? new Outcome.Unknown(problem) : new Outcome.Failed(problem);
  }

  private Problem problem(ErrorCode code, String detail) {
    return Problem.of(code, detail, surroundings.locale());
  }
}
