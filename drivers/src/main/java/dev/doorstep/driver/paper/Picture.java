package dev.doorstep.driver.paper;

import dev.doorstep.driver.picture.ExifOrientation;
import dev.doorstep.protocol.ErrorCode;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.JPEGFactory;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.util.Matrix;

/** Pictures, as documents of one page, the way up that they say ({@link ExifOrientation}). */
final class Picture {
  /** More dots than on a page of A3 at 600 dpi are no picture to print. */
  private static final long MOST_PIXELS = 100_000_000;

  /** As many of a PNG as are worth to be printed on a page; of more, each second or third is. */
  private static final long PIXELS_ON_A_PAGE = 12_000_000;

  /** Printers do not print up to the edge. */
  private static final float MARGIN = 18;

  /** The longer side of a page that is a picture alone, in points. */
  private static final float ALONE = 800;

  private Picture() {}

  /**
   * Looks at the head of a picture.
   *
   * @throws Refusal if it is none, or too large
   */
  static void check(byte[] bytes, String type) throws IOException {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      checked(in, type).dispose();
    }
  }

  /** A page with the picture as large as it goes; a wide one lies on the side. */
  static PDDocument document(byte[] bytes, String type, MediaSize media) throws IOException {
    PDDocument document = new PDDocument();
    Upright image = image(bytes, type, document);
    float width = (float) MediaSize.points(media.width());
    float height = (float) MediaSize.points(media.height());
    boolean wide = image.width() > image.height() == width < height;
    PDRectangle sheet = wide ? new PDRectangle(height, width) : new PDRectangle(width, height);
    return page(document, image, sheet, MARGIN);
  }

  /** A page that is the picture and nothing else. */
  static PDDocument alone(byte[] bytes, String type) throws IOException {
    PDDocument document = new PDDocument();
    Upright image = image(bytes, type, document);
    float scale = ALONE / Math.max(image.width(), image.height());
    return page(
        document,
        image,
        new PDRectangle(Math.max(1, image.width() * scale), Math.max(1, image.height() * scale)),
        0);
  }

  private static Upright image(byte[] bytes, String type, PDDocument document) throws IOException {
    check(bytes, type);
    return type.equals("image/jpeg")
        ? new Upright(JPEGFactory.createFromByteArray(document, bytes), ExifOrientation.of(bytes))
        : new Upright(
            LosslessFactory.createFromImage(document, read(bytes, type)), ExifOrientation.STORED);
  }

  private static PDDocument page(
      PDDocument document, Upright image, PDRectangle sheet, float margin) throws IOException {
    PDPage page = new PDPage(sheet);
    document.addPage(page);
    float scale =
        Math.min(
            (sheet.getWidth() - 2 * margin) / image.width(),
            (sheet.getHeight() - 2 * margin) / image.height());
    float across = image.width() * scale;
    float along = image.height() * scale;
    try (PDPageContentStream content = new PDPageContentStream(document, page)) {
      content.drawImage(
          image.stored(),
          image.into(
              (sheet.getWidth() - across) / 2, (sheet.getHeight() - along) / 2, across, along));
    }
    return document;
  }

  /** A picture and how it is to be shown. */
  private record Upright(PDImageXObject stored, ExifOrientation orientation) {
    int width() {
      return orientation.lies() ? stored.getHeight() : stored.getWidth();
    }

    int height() {
      return orientation.lies() ? stored.getWidth() : stored.getHeight();
    }

    Matrix into(float x, float y, float across, float along) {
      AffineTransform place = new AffineTransform(across, 0, 0, along, x, y);
      place.concatenate(orientation.inUnitSquare());
      return new Matrix(place);
    }
  }

  private static BufferedImage read(byte[] bytes, String type) throws IOException {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      ImageReader reader = checked(in, type);
      try {
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        int step = (int) Math.ceil(Math.sqrt((double) pixels / PIXELS_ON_A_PAGE));
        ImageReadParam parameters = reader.getDefaultReadParam();
        parameters.setSourceSubsampling(step, step, 0, 0);
        return reader.read(0, parameters);
      } finally {
        reader.dispose();
      }
    }
  }

  private static ImageReader checked(ImageInputStream in, String type) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByMIMEType(type);
    ImageReader reader = readers.next();
    reader.setInput(in, true, true);
    try {
      long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
      if (pixels > MOST_PIXELS) {
        throw new Refusal(
            ErrorCode.DOCUMENT_TOO_LARGE,
            "a picture of %d x %d dots; at most %d million"
                .formatted(reader.getWidth(0), reader.getHeight(0), MOST_PIXELS / 1_000_000));
      }
      return reader;
    } catch (IOException | RuntimeException e) {
      reader.dispose();
      if (e instanceof Refusal) {
        throw e;
      }
      throw new Refusal(ErrorCode.BAD_DOCUMENT, "it is no whole picture of type " + type);
    }
  }
}
