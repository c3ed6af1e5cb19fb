package dev.doorstep.protocol.center;

import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.Problem;
import dev.doorstep.protocol.Reply;
import dev.doorstep.protocol.State;
import java.util.Locale;
import java.util.Optional;

/**
 * A call that ended otherwise than {@code succeeded}, or a document that did not arrive whole. Its
 * text names the operation, the state, the error code, the recovery and the detail.
 */
public final class CallFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Reply reply;

  CallFailedException(String what, Reply reply) {
    super(
        what
            + ": "
            + reply.state()
            + reply
                .error()
                .map(e -> " " + e.code() + " (" + e.recovery() + "; " + e.detail() + ")")
                .orElse(""));
    this.reply = reply;
  }

  /** The final reply; made by this client where none came. */
  public Reply reply() {
    return reply;
  }

  /** How the call ended. */
  public OpenEnum<State> state() {
    return reply.state();
  }

  /** What went wrong; absent if the call was cancelled. */
  public Optional<Problem> problem() {
    return reply.error();
  }

  /** Whether this is the given error. */
  public boolean is(ErrorCode code) {
    return reply.error().map(problem -> problem.code().is(code)).orElse(false);
  }

  /** The reply that this client makes itself where it knows how a call ends. */
  static Reply reply(
      Optional<String> id, State state, ErrorCode code, String detail, Locale locale) {
    return new Reply(
        id,
        OpenEnum.of(state),
        java.util.OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(Problem.of(code, detail, locale)),
        Optional.empty(),
        Optional.empty());
  }
}
