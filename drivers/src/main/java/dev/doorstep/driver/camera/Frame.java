package dev.doorstep.driver.camera;

import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.operation.CapturedDocument;
import java.util.Arrays;
import java.util.Optional;

/**
 * A picture of a camera.
 *
 * @param jpeg a whole JPEG, which nobody changes
 * @param size the size that it names
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, compared by nobody
public record Frame(byte[] jpeg, JpegSize size) {

  /** The picture that a part holds, or empty if it is no whole JPEG. */
  public static Optional<Frame> of(byte[] part) {
    int end = part.length; // cameras pad: with zeros, or with the line's end before a boundary
    while (end > 0 && (part[end - 1] == 0 || part[end - 1] == '\r' || part[end - 1] == '\n')) {
      end--;
    }
    boolean whole =
        end > 4
            && part[0] == (byte) 0xFF
            && part[1] == (byte) 0xD8
            && part[end - 2] == (byte) 0xFF
            && part[end - 1] == (byte) 0xD9;
    if (!whole) {
      return Optional.empty();
    }
    byte[] jpeg = end == part.length ? part : Arrays.copyOf(part, end);
    return JpegSize.of(jpeg).map(size -> new Frame(jpeg, size));
  }

  /** As a document of its own, with what its decoder needs. */
  public CapturedDocument document() {
    return CapturedDocument.picture(
        Content.of("image/jpeg", HuffmanTables.in(jpeg)), size.width(), size.height());
  }
}
