package dev.doorstep.driver.picture;

import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.CaptureDocument.Format;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Optional;

/**
 * A page as it stands in its document.
 *
 * @param bytes a JPEG or a PNG
 * @param size its true size, where it is known
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, changed by nobody
record EncodedPage(byte[] bytes, Form form, int width, int height, Optional<PageSize> size) {
  /** What its bytes are. */
  enum Form {
    JPEG,
    PNG,
    /** A PNG of black and white alone. */
    BITS
  }

  static EncodedPage of(PageMaker.Made made, Order order) throws IOException, Refusal {
    BufferedImage picture = made.picture();
    int width = picture.getWidth();
    int height = picture.getHeight();
    boolean bits = order.color() == CaptureDocument.Color.BLACK_WHITE;
    if (order.format() == Format.PNG || (bits && order.format() != Format.JPEG)) {
      byte[] png = PngEncoder.encode(picture, made.size());
      return new EncodedPage(png, bits ? Form.BITS : Form.PNG, width, height, made.size());
    }
    if (made.jpeg().isPresent()) {
      return new EncodedPage(made.jpeg().get(), Form.JPEG, width, height, made.size());
    }
    if (order.largest() > 0) {
      JpegEncoder.Fitting fitting =
          JpegEncoder.fitting(picture, order.jpegQuality(), made.size(), order.largest());
      return new EncodedPage(
          fitting.jpeg(), Form.JPEG, fitting.width(), fitting.height(), made.size());
    }
    byte[] jpeg = JpegEncoder.encode(picture, order.jpegQuality(), made.size());
    return new EncodedPage(jpeg, Form.JPEG, width, height, made.size());
  }

  /** How large it is on paper: what nobody knows fills a sheet of A4. */
  PageSize onPaper() {
    if (size.isPresent()) {
      return size.get();
    }
    PageSize sheet = width > height ? PageSize.A4.lying() : PageSize.A4;
    double scale = Math.min(sheet.width() / width, sheet.height() / height);
    return new PageSize(width * scale, height * scale);
  }
}
