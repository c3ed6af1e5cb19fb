package dev.doorstep.driver.camera;

import dev.doorstep.driver.picture.PictureJob;
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
   * As many pixels as may be worked on, see {@link PictureJob#page}; of one whose decoder holds all
   * of them at once (progressive, which no camera is known to send) a quarter.
   */
  private static final long MOST_PIXELS = 64_000_000;

  private static final int LONGEST_SIDE = 32_767;

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
    long most = JpegSize.isProgressive(jpeg) ? MOST_PIXELS / 4 : MOST_PIXELS;
    return JpegSize.of(jpeg)
        .filter(it -> it.area() <= most && Math.max(it.width(), it.height()) <= LONGEST_SIDE)
        .map(size -> new Frame(HuffmanTables.in(jpeg), size));
  }

  /** As a document of its own. */
  public CapturedDocument document() {
    return CapturedDocument.picture(Content.of("image/jpeg", jpeg), size.width(), size.height());
  }
}
