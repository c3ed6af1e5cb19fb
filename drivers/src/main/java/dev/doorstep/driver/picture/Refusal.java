package dev.doorstep.driver.picture;

import dev.doorstep.protocol.ErrorCode;

/** A picture that cannot be taken, and why. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;
  private final ErrorCode code;

  Refusal(ErrorCode code, String detail) {
    super(detail);
    this.code = code;
  }

  ErrorCode code() {
    return code;
  }

  /** It is larger than is taken. */
  static Refusal tooLarge(String detail) {
    return new Refusal(ErrorCode.DOCUMENT_TOO_LARGE, detail);
  }

  /** It is no picture, or a damaged one. */
  static Refusal bad(String detail) {
    return new Refusal(ErrorCode.BAD_DOCUMENT, detail);
  }
}
