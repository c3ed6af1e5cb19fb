package dev.doorstep.driver.paper;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.ImageIO;

/**
 * A page as a picture for a screen.
 *
 * <pre>
 *   | width 4 | height 4 | length 4 | a PNG or a JPEG, whichever is smaller |
 * </pre>
 *
 * @param content the picture
 * @param width in pixels, at most {@value #LONGEST_SIDE}
 * @param height in pixels, at most {@value #LONGEST_SIDE}
 */
public record PagePicture(Content.Data content, int width, int height) {
  /** The longer side of a page on a screen, in pixels: A4 at 137 dpi. */
  public static final int LONGEST_SIDE = 1_600;

  /** The most pages of a document that anybody reads on a screen. */
  public static final int MOST_PAGES = 50;

  /** The most bytes that all pages of a document may have together, since they wait in memory. */
  public static final int MOST_BYTES = 8 << 20;

  private static final int HEAD = 3 * Integer.BYTES;
  private static final int FIRST_OF_PNG = 0x89;

  /** Writes a page, in the process that has the document. */
  static void write(BufferedImage image, DataOutputStream out) throws IOException {
    byte[] png = encoded(image, "png");
    byte[] jpeg = encoded(image, "jpeg");
    byte[] smaller = png.length <= jpeg.length ? png : jpeg;
    out.writeInt(image.getWidth());
    out.writeInt(image.getHeight());
    out.writeInt(smaller.length);
    out.write(smaller);
  }

  private static byte[] encoded(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, bytes)) {
      throw new IOException("no writer of " + format);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads the next page.
   *
   * @param left how many bytes it may have
   * @throws DeviceException {@code DOCUMENT_TOO_LARGE} if it has more, or what is wrong with the
   *     document
   */
  public static PagePicture read(PreparedDocument document, int left) throws DeviceException {
    ByteBuffer head = ByteBuffer.wrap(whole(document, HEAD));
    int width = head.getInt();
    int height = head.getInt();
    int length = head.getInt();
    if (width < 1 || height < 1 || length < 1) {
      throw new DeviceException(ErrorCode.INTERNAL, "a page without a picture");
    }
    if (length > left) {
      throw new DeviceException(
          ErrorCode.DOCUMENT_TOO_LARGE,
          "the document: its pages have more than "
              + (MOST_BYTES >> 20)
              + " MB as pictures; show fewer of them");
    }
    byte[] bytes = whole(document, length);
    String type = (bytes[0] & 0xff) == FIRST_OF_PNG ? "image/png" : "image/jpeg";
    return new PagePicture(Content.of(type, bytes), width, height);
  }

  private static byte[] whole(PreparedDocument document, int length) throws DeviceException {
    byte[] bytes = new byte[length];
    int at = 0;
    while (at < length) {
      byte[] part = new byte[Math.min(length - at, WorkerLine.LARGEST_PART)];
      int count = document.read(part);
      if (count < 0) {
        throw new DeviceException(ErrorCode.INTERNAL, "the document's pages ended too early");
      }
      System.arraycopy(part, 0, bytes, at, count);
      at += count;
    }
    return bytes;
  }
}
