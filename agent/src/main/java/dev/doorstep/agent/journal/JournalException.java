package dev.doorstep.agent.journal;

import dev.doorstep.protocol.ErrorCode;

/** The journal cannot do what was asked; the text says what, where and what to do. */
public final class JournalException extends Exception {
  private static final long serialVersionUID = 1L;
  private final ErrorCode code;

  JournalException(ErrorCode code, String text) {
    super(text);
    this.code = code;
  }

  JournalException(ErrorCode code, String text, Throwable cause) {
    super(text, cause);
    this.code = code;
  }

  /**
   * What a client is told: {@code STORAGE_FULL} where the disk or the journal's limit is the
   * reason, {@code STOPPING} after {@link Journal#close}, else {@code INTERNAL}.
   */
  public ErrorCode code() {
    return code;
  }
}
