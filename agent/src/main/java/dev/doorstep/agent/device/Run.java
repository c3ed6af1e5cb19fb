package dev.doorstep.agent.device;

import dev.doorstep.agent.device.RunningCall.Stop;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.Operations;
import dev.doorstep.protocol.Command;
import dev.doorstep.protocol.ContentException;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.InvalidMessageException;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.Outcome;
import dev.doorstep.protocol.Problem;
import dev.doorstep.protocol.Reply;
import dev.doorstep.protocol.operation.ReadDeviceStatus;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** One command while the device is at it, carried out by a lane's thread. */
final class Run {
  private static final Duration RECHECK = Duration.ofSeconds(3);

  private final RunningCall call;
  private final Job job;
  private final Surroundings surroundings;
  private final StatusBoard board;
  private final StatusBoard.Pen pen;
  private final long begun = System.nanoTime();

  Run(
      Job job,
      BooleanSupplier othersWait,
      Surroundings surroundings,
      StatusBoard board,
      StatusBoard.Pen pen) {
    this.job = job;
    this.call = new RunningCall(job, othersWait);
    this.surroundings = surroundings;
    this.board = board;
    this.pen = pen;
  }

  /** The command, for whoever wants it to stop. */
  RunningCall call() {
    return call;
  }

  /** Carries the command out and tells how it ended, unless its thread was given up meanwhile. */
  void carryOut(OpenDevice device, Steps steps) {
    Outcome outcome = outcome(device);
    if (steps.isAbandoned()) {
      return; // whoever gave the thread up tells it
    }
    call.over();
    call.end(outcome, times());
    boolean proven = outcome instanceof Outcome.Succeeded || outcome instanceof Outcome.Cancelled;
    if (!proven && device.isOpen()) {
      device.check(Deadline.after(RECHECK)); // what it lacks may have changed
    }
  }

  /** Ends the command of a thread that was given up. */
  void giveUp(ErrorCode code, String detail) {
    boolean acted = call.over();
    Problem problem = problem(code, detail);
    call.end(acted ? new Outcome.Unknown(problem) : new Outcome.Failed(problem), times());
  }

  private Reply.Times times() {
    return new Reply.Times(
        Duration.ofNanos(begun - job.arrived()), Duration.ofNanos(System.nanoTime() - begun));
  }

  /**
   * A line that was open before may have ended unseen, as printers end one that is quiet: then the
   * device is opened anew, once, unless it may have acted.
   */
  private Outcome attemptOnALiveLine(OpenDevice device)
      throws DeviceException, InvalidMessageException, ContentException {
    boolean wasOpen = device.isOpen();
    try {
      return attempt(device);
    } catch (DeviceException e) {
      boolean endedUnseen =
          wasOpen && e.code() == ErrorCode.DISCONNECTED && !call.isCutOff() && !call.hasActed();
      if (!endedUnseen || call.cancelled() || call.refusal().isPresent()) {
        throw e;
      }
      device.letGo();
      return attempt(device);
    }
  }

  private Outcome outcome(OpenDevice device) {
    try {
      return job.expiry().expired()
          ? Ends.expired(surroundings.locale())
          : attemptOnALiveLine(device);
    } catch (InvalidMessageException e) {
      return new Outcome.Rejected(
          problem(ErrorCode.INVALID_PARAMETERS, String.valueOf(e.getMessage())));
    } catch (ContentException e) {
      return new Outcome.Failed(problem(e.code(), String.valueOf(e.getMessage())));
    } catch (DeviceException e) {
      return stopped(device, e);
    } catch (RuntimeException | Error e) { // an Error too: a command always gets its answer
      DeviceException defect = Defects.told(job.command().operation(), e);
      device.lose(defect);
      return failed(defect);
    }
  }

  private Outcome attempt(OpenDevice device)
      throws DeviceException, InvalidMessageException, ContentException {
    Command command = job.command();
    if (command.operation().equals(ReadDeviceStatus.TYPE.name())) {
      job.parameters(ReadDeviceStatus.TYPE);
      call.progress("");
      device.check(call.deadline());
      return new Outcome.Succeeded(board.status());
    }
    device.ensureOpen(call.deadline());
    Operations operations = board.operations().orElseThrow();
    var entry = operations.find(command.operation());
    if (entry.isEmpty()) {
      return new Outcome.Rejected(
          problem(ErrorCode.UNSUPPORTED, "the device does not offer this operation"));
    }
    pen.busy(true);
    try {
      return new Outcome.Succeeded(handle(device, entry.get()));
    } finally {
      pen.busy(false);
    }
  }

  private <P extends Operation<R>, R> R handle(OpenDevice device, Operations.Entry<P, R> entry)
      throws DeviceException, InvalidMessageException, ContentException {
    P parameters = job.parameters(entry.type());
    call.demandWanted();
    call.progress("");
    return device.handle(entry.handler(), parameters, call);
  }

  /** How it ended with an error: of the device, of the listener, or because it had to stop. */
  private Outcome stopped(OpenDevice device, DeviceException e) {
    if (call.refusal().isPresent()) {
      return failed(call.refusal().get());
    }
    boolean asked = e.code() == ErrorCode.STOPPING || call.isCutOff();
    if (asked && call.stop() == Stop.CLIENT) {
      return cancelled(device, e);
    }
    DeviceException why = e;
    if (asked && call.stop() == Stop.AGENT) {
      why = new DeviceException(ErrorCode.STOPPING, "the agent stops");
      why = e.inDoubt() || call.isCutOff() ? why.butInDoubt() : why;
    } else if (call.isCutOff()) {
      why =
          new DeviceException(
              ErrorCode.TIMEOUT, "the driver did not return in time, so its line was closed");
    }
    if (device.isOpen() && (call.isCutOff() || e.code() == ErrorCode.DISCONNECTED)) {
      device.lose(why);
    }
    return failed(why);
  }

  /**
   * The handler stopped at the client's wish. That is {@code cancelled} only if nothing may have
   * been done, and the device is proven usable since.
   */
  private Outcome cancelled(OpenDevice device, DeviceException e) {
    if (call.isCutOff()) {
      device.letGo();
    }
    if (call.hasActed() && (call.isCutOff() || e.inDoubt())) {
      return new Outcome.Unknown(
          problem(
              ErrorCode.CANCELLED, "cancelled while it acted: " + String.valueOf(e.getMessage())));
    }
    try {
      device.prove();
      return new Outcome.Cancelled();
    } catch (DeviceException unusable) {
      return new Outcome.Failed(problem(unusable.code(), String.valueOf(unusable.getMessage())));
    }
  }

  /** A line that broke after the device may have acted leaves its end unknown. */
  private Outcome failed(DeviceException e) {
    Problem problem = problem(e.code(), String.valueOf(e.getMessage()));
    boolean nobodyKnows =
        e.inDoubt() || e.code().kind() == ErrorCode.Kind.LINK || e.code() == ErrorCode.INTERNAL;
    return call.hasActed() && nobodyKnows
        ? new Outcome.Unknown(problem)
        : new Outcome.Failed(problem);
  }

  private Problem problem(ErrorCode code, String detail) {
    return Problem.of(code, detail, surroundings.locale());
  }
}
