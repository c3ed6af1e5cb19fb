package dev.doorstep.agent.command;

import dev.doorstep.protocol.ErrorCode;

/** A command that is not taken. */
final class Refusal extends Exception {
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
