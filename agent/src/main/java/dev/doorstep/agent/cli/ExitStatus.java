package dev.doorstep.agent.cli;

import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.Reply;
import dev.doorstep.protocol.State;

/** The exit status of every command, for scripts. */
final class ExitStatus {
  /** Done. */
  static final int DONE = 0;

  /** The device failed, or the visit did. */
  static final int FAILED = 1;

  /** Wrong usage or configuration. */
  static final int USAGE = 2;

  /** No broker, no point, or no device is reachable. */
  static final int UNREACHABLE = 3;

  private ExitStatus() {}

  /** The status that a final reply stands for. */
  static int of(Reply reply) {
    if (reply.state().is(State.SUCCEEDED)) {
      return DONE;
    }
    ErrorCode code =
        reply.error().flatMap(error -> error.code().as(ErrorCode.class)).orElse(ErrorCode.INTERNAL);
    if (code == ErrorCode.NO_REPLY
        || code == ErrorCode.NOT_ONLINE
        || code == ErrorCode.NOT_CONNECTED) {
      return UNREACHABLE;
    }
    return code.kind() == ErrorCode.Kind.REQUEST ? USAGE : FAILED;
  }
}
