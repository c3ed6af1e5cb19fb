package dev.doorstep.driver.picture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.CCITTFactory;
import org.apache.pdfbox.pdmodel.graphics.image.JPEGFactory;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;

/** Pages to PDF, each of its true size, JPEGs as they are and black and white as a fax has it. */
final class PdfWriter {
  private static final float POINTS = 72 / 25.4f;

  private PdfWriter() {}

  static void write(List<EncodedPage> pages, OutputStream out) throws IOException {
    try (PDDocument document = new PDDocument()) {
      for (EncodedPage page : pages) {
        PageSize size = page.onPaper();
        float width = (float) size.width() * POINTS;
        float height = (float) size.height() * POINTS;
        PDPage sheet = new PDPage(new PDRectangle(width, height));
        document.addPage(sheet);
        PDImageXObject image = image(document, page);
        try (PDPageContentStream content = new PDPageContentStream(document, sheet)) {
          content.drawImage(image, 0, 0, width, height);
        }
      }
      document.save(out);
    }
  }

  private static PDImageXObject image(PDDocument document, EncodedPage page) throws IOException {
    return switch (page.form()) {
      case JPEG -> JPEGFactory.createFromByteArray(document, page.bytes());
      case BITS ->
          CCITTFactory.createFromImage(
              document, ImageIO.read(new ByteArrayInputStream(page.bytes())));
      case PNG ->
          LosslessFactory.createFromImage(
              document, ImageIO.read(new ByteArrayInputStream(page.bytes())));
    };
  }
}
