package dev.doorstep.protocol;

import java.util.Optional;

/**
 * Why a large document cannot be taken or handed out: {@code BLOB_DAMAGED}, {@code GONE}, {@code
 * TOO_MANY_BLOBS}, {@code STORAGE_FULL}, {@code STOPPING} or {@code INTERNAL}. Its text never holds
 * what is in it.
 */
public final class ContentException extends Exception {
  private static final long serialVersionUID = 1L;
  private final ErrorCode code;

  /** A refusal. */
  public ContentException(ErrorCode code, String detail) {
    super(detail);
    this.code = code;
  }

  /** A refusal that another exception told of. */
  public ContentException(ErrorCode code, String detail, Throwable cause) {
    super(detail, cause);
    this.code = code;
  }

  /** What to tell the client. */
  public ErrorCode code() {
    return code;
  }

  /** The refusal that an exception of the JSON library stands for. */
  static Optional<ContentException> within(Throwable thrown) {
    for (Throwable e = thrown; e != null; e = e.getCause()) {
      if (e instanceof Unchecked carried) {
        return Optional.of(carried.refusal);
      }
    }
    return Optional.empty();
  }

  /** Carries a refusal through the JSON library. */
  static final class Unchecked extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final ContentException refusal;

    Unchecked(ContentException refusal) {
      super(refusal);
      this.refusal = refusal;
    }
  }
}
