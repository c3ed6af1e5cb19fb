package dev.doorstep.driver.paper;

import dev.doorstep.protocol.ErrorCode;

/** A document that is not printed, and why. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final ErrorCode code;

  /** A refusal; the text is told to the center. */
  public Refusal(ErrorCode code, String detail) {
    super(detail);
    this.code = code;
  }

  ErrorCode code() {
    return code;
  }
}
