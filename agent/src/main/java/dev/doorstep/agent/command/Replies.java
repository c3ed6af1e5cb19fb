package dev.doorstep.agent.command;

import dev.doorstep.agent.device.Defects;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.InvalidMessageException;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.Problem;
import dev.doorstep.protocol.Reply;
import dev.doorstep.protocol.State;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/** Replies in their forms. */
final class Replies {
  private Replies() {}

  /** A reply that the journal kept; empty, and told as gone, if it cannot be read. */
  static Optional<WrittenReply> stored(byte[] json) {
    try {
      return Optional.of(new WrittenReply(Codec.read(Reply.class, json), json));
    } catch (InvalidMessageException e) {
      Defects.log("journal", e);
      return Optional.empty();
    }
  }

  /** The reply to a message that was not taken. */
  static Reply rejected(Optional<String> id, Problem problem, Optional<String> caseNumber) {
    return last(
        id, State.REJECTED, Optional.empty(), Optional.of(problem), Optional.empty(), caseNumber);
  }

  /** The end of a command of which there is no more to tell than an error. */
  static Reply failed(String id, State state, Problem problem, Optional<String> caseNumber) {
    return last(
        Optional.of(id),
        state,
        Optional.empty(),
        Optional.of(problem),
        Optional.empty(),
        caseNumber);
  }

  /**
   * The error of a command of which nobody knows what was done: whatever the code, its recovery is
   * to look first, and never to send it again at once.
   */
  static Problem inDoubt(Problem problem, Locale locale) {
    return new Problem(
        problem.code(),
        problem.kind(),
        false,
        ErrorCode.CANCELLED.recovery(locale),
        problem.detail());
  }

  /** A final reply. */
  static Reply last(
      Optional<String> id,
      State state,
      Optional<JsonNode> result,
      Optional<Problem> error,
      Optional<Reply.Times> times,
      Optional<String> caseNumber) {
    return new Reply(
        id,
        OpenEnum.of(state),
        OptionalInt.empty(),
        Optional.empty(),
        result,
        error,
        times,
        caseNumber);
  }

  /** A reply before the final one. */
  static Reply update(
      String id,
      State state,
      OptionalInt position,
      Optional<String> note,
      Optional<String> caseNumber) {
    return new Reply(
        Optional.of(id),
        OpenEnum.of(state),
        position,
        note,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        caseNumber);
  }
}
