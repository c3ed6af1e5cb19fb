package dev.doorstep.protocol.operation;

import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.OperationType;
import dev.doorstep.protocol.constraint.Defaulted;
import java.util.Objects;

/**
 * {@code document.capture}: takes a picture of the document that lies before the camera.
 *
 * @param format the form of the result; absent means JPEG
 */
public record CaptureDocument(@Defaulted("JPEG") Format format)
    implements Operation<CapturedDocument> {
  /** The operation's type. */
  public static final OperationType<CaptureDocument, CapturedDocument> TYPE =
      new OperationType<>("document.capture", CaptureDocument.class, CapturedDocument.class);

  /** Fills in what was left out. */
  public CaptureDocument {
    format = Objects.requireNonNullElse(format, Format.JPEG);
  }

  @Override
  public OperationType<CaptureDocument, CapturedDocument> type() {
    return TYPE;
  }

  /** The forms of a captured document. */
  public enum Format {
    /** The camera's own picture. */
    JPEG
  }
}
