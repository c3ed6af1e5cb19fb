package dev.doorstep.driver.scan;

import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.operation.CapturedDocument;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;

/** Opens captured documents with the software of others. */
public final class Documents {
  private Documents() {}

  public static byte[] bytes(CapturedDocument captured) throws IOException {
    try (InputStream in = Content.open(captured.content())) {
      return in.readAllBytes();
    }
  }

  public static BufferedImage picture(CapturedDocument captured) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(bytes(captured)));
  }

  public static PDDocument pdf(CapturedDocument captured) throws IOException {
    return Loader.loadPDF(bytes(captured));
  }
}
