package dev.doorstep.agent.command;

import dev.doorstep.agent.device.Defects;
import dev.doorstep.agent.device.DeviceLane;
import dev.doorstep.agent.device.Job;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Command;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.Outcome;
import dev.doorstep.protocol.Problem;
import dev.doorstep.protocol.Reply;
import dev.doorstep.protocol.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * The replies to one command that a lane took: what the lane tells, put into words and kept in
 * order, although the lane may be faster than whoever submitted the command.
 */
final class Conversation implements Job.Listener {
  private final Command command;
  private final String device;
  private final CommandLog.Entry entry;
  private final CommandCounters counters;
  private final Locale locale;

  Conversation(
      Command command,
      String device,
      CommandLog.Entry entry,
      CommandCounters counters,
      Locale locale) {
    this.command = command;
    this.device = device;
    this.entry = entry;
    this.counters = counters;
    this.locale = locale;
  }

  /** The reply to a message that was not taken. */
  static Reply rejected(Optional<String> id, Problem problem, Optional<String> caseNumber) {
    return new Reply(
        id,
        OpenEnum.of(State.REJECTED),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(problem),
        Optional.empty(),
        caseNumber);
  }

  /**
   * Hands the command to a lane and says that it is accepted, before the lane can say that it runs.
   *
   * @return whether the lane took it
   */
  synchronized boolean begin(DeviceLane lane, Job job) {
    OptionalInt position = lane.submit(job);
    if (position.isPresent()) {
      update(State.ACCEPTED, position, Optional.empty());
    }
    return position.isPresent();
  }

  @Override
  public synchronized void running(String note) {
    update(State.RUNNING, OptionalInt.empty(), Optional.of(note).filter(n -> !n.isEmpty()));
  }

  @Override
  public synchronized void ended(Outcome outcome, Reply.Times times) {
    List<OutgoingBlob> blobs = new ArrayList<>();
    Reply last = last(outcome, times, blobs);
    counters.ended(device, command.operation(), last);
    entry.end(blobs.isEmpty() ? last : gone(times)).send(last, blobs);
  }

  /** The final reply; a result that cannot be written is a defect, and is told as one. */
  private Reply last(Outcome outcome, Reply.Times times, List<OutgoingBlob> blobs) {
    if (outcome instanceof Outcome.Succeeded succeeded) {
      try {
        JsonNode result = tree(succeeded, entry.replyTo(), blobs);
        return reply(State.SUCCEEDED, Optional.of(result), Optional.empty(), times);
      } catch (RuntimeException e) {
        Defects.log(command.operation(), e);
        blobs.clear();
        Problem problem = Problem.of(ErrorCode.INTERNAL, "the result could not be written", locale);
        return reply(State.FAILED, Optional.empty(), Optional.of(problem), times);
      }
    }
    return reply(outcome.state(), Optional.empty(), outcome.error(), times);
  }

  private static JsonNode tree(
      Outcome.Succeeded succeeded, ReplyTo replyTo, List<OutgoingBlob> blobs) {
    return Codec.tree(
        succeeded.result(),
        data -> {
          OutgoingBlob blob = OutgoingBlob.of(Names.random(), data, replyTo.pieceSize());
          blobs.add(blob);
          return blob.description();
        });
  }

  /** What a repeat is told of a result whose document is not kept. */
  private Reply gone(Reply.Times times) {
    Problem problem =
        Problem.of(ErrorCode.RESULT_GONE, "the document of the result is not kept", locale);
    return reply(State.FAILED, Optional.empty(), Optional.of(problem), times);
  }

  private Reply reply(
      State state, Optional<JsonNode> result, Optional<Problem> error, Reply.Times times) {
    return new Reply(
        Optional.of(command.id()),
        OpenEnum.of(state),
        OptionalInt.empty(),
        Optional.empty(),
        result,
        error,
        Optional.of(times),
        command.caseNumber());
  }

  private void update(State state, OptionalInt position, Optional<String> note) {
    if (command.updates()) {
      entry
          .replyTo()
          .send(
              new Reply(
                  Optional.of(command.id()),
                  OpenEnum.of(state),
                  position,
                  note,
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  command.caseNumber()),
              List.of());
    }
  }
}
