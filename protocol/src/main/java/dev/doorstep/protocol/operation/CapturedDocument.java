package dev.doorstep.protocol.operation;

import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.constraint.Bounds;
import java.util.Objects;

/**
 * The result of {@code document.capture}.
 *
 * @param content the picture
 * @param width its width in pixels
 * @param height its height in pixels
 */
public record CapturedDocument(
    Content content, @Bounds(min = 1) int width, @Bounds(min = 1) int height) {
  /** Checks that there is a picture. */
  public CapturedDocument {
    Objects.requireNonNull(content, "content is missing");
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("width and height must be at least 1");
    }
  }
}
