package dev.doorstep.agent.command;

import dev.doorstep.agent.device.Defects;
import dev.doorstep.agent.device.DeviceLane;
import dev.doorstep.agent.device.DeviceRegistry;
import dev.doorstep.agent.device.Job;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.Operations;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Command;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.InvalidMessageException;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.Problem;
import dev.doorstep.protocol.operation.ReadDeviceStatus;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Answers every command, also the bad, the late and the unknown one. Any thread; never blocks on a
 * device.
 */
public final class CommandDispatcher {
  private final DeviceRegistry devices;
  private final Locale locale;
  private final CommandCounters counters;
  private final CommandLog log = new CommandLog();
  private volatile boolean stopping;

  /**
   * A dispatcher for some devices.
   *
   * @param locale the language of recoveries
   */
  public CommandDispatcher(DeviceRegistry devices, Locale locale, CommandCounters counters) {
    this.devices = devices;
    this.locale = locale;
    this.counters = counters;
  }

  /** From now on every new command is {@code rejected} as {@code STOPPING}. */
  public void stop() {
    stopping = true;
  }

  /** Takes a message; its replies go where it says, the final one exactly once. */
  public void dispatch(Request request) {
    long arrived = System.nanoTime();
    Optional<Command> command = Optional.empty();
    try {
      if (stopping) {
        throw new Refusal(ErrorCode.STOPPING, "the agent stops");
      }
      if (request.retained()) {
        throw new Refusal(ErrorCode.RETAINED, "a retained command would run at every reconnect");
      }
      if (request.payload().length > Command.LARGEST_MESSAGE) {
        throw new Refusal(
            ErrorCode.TOO_LARGE, "the message has " + request.payload().length + " bytes");
      }
      command = Optional.of(decode(request));
      take(request, command.get(), arrived);
    } catch (Refusal refusal) {
      reject(request, command, refusal);
    } catch (RuntimeException e) {
      Defects.log("dispatch", e);
      reject(request, command, new Refusal(ErrorCode.INTERNAL, "a defect of the agent"));
    }
  }

  private void take(Request request, Command command, long arrived) throws Refusal {
    DeviceLane lane =
        devices
            .find(request.device())
            .orElseThrow(() -> new Refusal(ErrorCode.UNKNOWN_DEVICE, "no device of this name"));
    check(lane, command);
    CommandLog.Key key = new CommandLog.Key(request.client(), command.id());
    CommandLog.Entry entry =
        new CommandLog.Entry(Digest.of(request.device(), command), request.replyTo());
    Optional<CommandLog.Entry> known = log.enter(key, entry);
    if (known.isPresent()) {
      repeat(known.get(), entry, request);
      return;
    }
    Conversation conversation =
        new Conversation(command, request.device(), entry, counters, locale);
    Job job = new Job(command, Deadline.after(request.expiry()), arrived, conversation);
    if (!conversation.begin(lane, job)) {
      log.forget(key);
      throw new Refusal(ErrorCode.BUSY, DeviceLane.LONGEST_QUEUE + " commands are waiting");
    }
  }

  private void repeat(CommandLog.Entry known, CommandLog.Entry entry, Request request)
      throws Refusal {
    if (!known.sameAs(entry)) {
      throw new Refusal(ErrorCode.CONFLICT, "another command came under this id before");
    }
    counters.repeated();
    known.join(request.replyTo()).ifPresent(last -> request.replyTo().send(last, List.of()));
  }

  /** Refuses what the device cannot do, as soon as it is known what it can. */
  private static void check(DeviceLane lane, Command command) throws Refusal {
    Optional<Operations> operations = lane.operations();
    try {
      if (command.operation().equals(ReadDeviceStatus.TYPE.name())) {
        Codec.parameters(ReadDeviceStatus.TYPE, command.parameters());
      } else if (operations.isPresent()) {
        checkParameters(
            operations
                .get()
                .find(command.operation())
                .orElseThrow(
                    () ->
                        new Refusal(
                            ErrorCode.UNSUPPORTED, "the device does not offer this operation")),
            command);
      }
    } catch (InvalidMessageException e) {
      throw new Refusal(ErrorCode.INVALID_PARAMETERS, String.valueOf(e.getMessage()));
    }
  }

  private static <P extends Operation<R>, R> void checkParameters(
      Operations.Entry<P, R> entry, Command command) throws InvalidMessageException {
    Codec.parameters(entry.type(), command.parameters());
  }

  private static Command decode(Request request) throws Refusal {
    try {
      return Codec.command(request.payload());
    } catch (InvalidMessageException e) {
      throw new Refusal(ErrorCode.MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  private void reject(Request request, Optional<Command> command, Refusal refusal) {
    Problem problem = Problem.of(refusal.code(), String.valueOf(refusal.getMessage()), locale);
    String device = devices.find(request.device()).isPresent() ? request.device() : "unknown";
    counters.rejected(device, problem);
    request
        .replyTo()
        .send(
            Conversation.rejected(
                Codec.idOf(request.payload()), problem, command.flatMap(Command::caseNumber)),
            List.of());
  }

  /** A command that is not taken. */
  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    private final ErrorCode code;

    Refusal(ErrorCode code, String detail) {
      super(detail, null, false, false); // a peer's slip is no reason to walk the stack
      this.code = code;
    }

    ErrorCode code() {
      return code;
    }
  }
}
