package dev.doorstep.protocol.operation;

import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.constraint.Bounds;
import java.util.Objects;

/**
 * The result of {@code document.preview}.
 *
 * @param pictures how many pictures were given to the line; some may have got lost on it
 * @param ended why it ended
 */
public record PreviewedDocument(@Bounds(min = 0) int pictures, OpenEnum<End> ended) {
  /** Checks the number. */
  public PreviewedDocument {
    Objects.requireNonNull(ended, "ended is missing");
    if (pictures < 0) {
      throw new IllegalArgumentException("pictures must be at least 0");
    }
  }

  /** Why a preview ended. */
  public enum End {
    /** Its time was over. */
    TIME_OVER,
    /** Another command waited for the camera. */
    YIELDED
  }
}
