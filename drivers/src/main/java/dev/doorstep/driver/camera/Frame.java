package dev.doorstep.driver.camera;

import dev.doorstep.driver.picture.PictureSource;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.operation.CapturedDocument;
import java.util.Arrays;
import java.util.Optional;

/**
 * A picture of a camera.
 *
 * @param jpeg a whole JPEG with its Huffman tables, which nobody changes
 * @param size the size that it names
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, compared by nobody
public record Frame(byte[] jpeg, JpegSize size) {

  /**
   * Of one whose decoder holds all of its pixels at once; no camera is known to send such a one.
   */
  private static final long MOST_PROGRESSIVE = PictureSource.MOST_PIXELS / 4;

  /**
   * The picture that a part holds, or empty if it is no whole JPEG, or larger than any camera's.
   */
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
    long most = JpegSize.isProgressive(jpeg) ? MOST_PROGRESSIVE : PictureSource.MOST_PIXELS;
    return JpegSize.of(jpeg)
        .filter(
            it ->
                it.area() <= most
                    && Math.max(it.width(), it.height()) <= PictureSource.LONGEST_SIDE)
        .map(size -> new Frame(HuffmanTables.in(jpeg), size));
  }

  /** As a document of its own. */
  public CapturedDocument document() {
    return CapturedDocument.picture(Content.of("image/jpeg", jpeg), size.width(), size.height());
  }
}
