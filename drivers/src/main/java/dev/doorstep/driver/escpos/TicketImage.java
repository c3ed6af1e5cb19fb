package dev.doorstep.driver.escpos;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A picture in the dots of the paper, in grey. Of one with many pixels only every so many are read,
 * so that no picture takes more memory than a few of the paper's width.
 */
final class TicketImage {
  /** A picture that prints is small; what is larger is no picture for a ticket. */
  private static final int MOST_BYTES = 4 << 20;

  private static final long MOST_PIXELS = 16_000_000;

  /** A row of pixels is read at once. */
  private static final int MOST_SIDE = 12_000;

  /** Half a metre of paper. */
  private static final int MOST_ROWS = 4000;

  private TicketImage() {}

  /**
   * Reads a picture.
   *
   * @param eighths how many eighths of the paper it is to be wide; absent means a dot for a pixel
   * @param paper the dots of the paper's width
   * @throws DeviceException {@code BAD_DOCUMENT} if it is none, {@code DOCUMENT_TOO_LARGE} if it
   *     has too many bytes, pixels or rows
   */
  static BufferedImage of(Content content, Optional<Integer> eighths, int paper, String path)
      throws DeviceException {
    if (content.size() > MOST_BYTES) {
      throw tooLarge(path, content.size() + " bytes", MOST_BYTES + " bytes");
    }
    ImageReader reader = reader(content, path);
    try (InputStream in = open(content, path);
        ImageInputStream image = new MemoryCacheImageInputStream(in)) {
      reader.setInput(image, true, true); // without its metadata, which may be endless
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      if ((long) width * height > MOST_PIXELS || Math.max(width, height) > MOST_SIDE) {
        throw tooLarge(
            path,
            width + " x " + height + " pixels",
            MOST_PIXELS + " pixels and " + MOST_SIDE + " a side");
      }
      int dots = eighths.map(n -> paper * n / 8).orElse(Math.min(width, paper));
      long rows = Math.max(1, Math.round((double) height * dots / width));
      if (rows > MOST_ROWS) {
        throw tooLarge(path, rows + " rows of dots", MOST_ROWS + " rows");
      }
      ImageReadParam few = reader.getDefaultReadParam();
      few.setSourceSubsampling(
          Math.max(1, width / (2 * dots)), (int) Math.max(1, height / (2 * rows)), 0, 0);
      return onPaper(reader.read(0, few), dots, (int) rows);
    } catch (IOException | RuntimeException e) { // readers throw either at what is damaged
      throw new DeviceException(
          ErrorCode.BAD_DOCUMENT,
          "parameters.%s.image: is no whole %s".formatted(path, content.contentType()),
          e);
    } finally {
      reader.dispose();
    }
  }

  private static InputStream open(Content content, String path) throws DeviceException {
    try {
      return Content.open(content);
    } catch (IOException e) {
      throw new DeviceException(
          ErrorCode.BLOB_DAMAGED, "parameters.%s.image: cannot be read".formatted(path), e);
    }
  }

  private static ImageReader reader(Content content, String path) throws DeviceException {
    String type = content.contentType();
    Iterator<ImageReader> readers =
        type.equals("image/png") || type.equals("image/jpeg")
            ? ImageIO.getImageReadersByMIMEType(type)
            : Collections.emptyIterator();
    if (!readers.hasNext()) {
      throw new DeviceException(
          ErrorCode.BAD_DOCUMENT,
          "parameters.%s.image: must be image/png or image/jpeg".formatted(path));
    }
    return readers.next();
  }

  /** What is transparent is paper. */
  private static BufferedImage onPaper(BufferedImage image, int width, int height) {
    BufferedImage grey = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D g = grey.createGraphics();
    try {
      g.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      g.drawImage(image, 0, 0, width, height, Color.WHITE, null);
    } finally {
      g.dispose();
    }
    return grey;
  }

  private static DeviceException tooLarge(String path, String has, String most) {
    return new DeviceException(
        ErrorCode.DOCUMENT_TOO_LARGE,
        "parameters.%s.image: has %s; at most %s are printed".formatted(path, has, most));
  }
}
