package dev.doorstep.driver.paper;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceGray;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;

/** Documents that are printed in tests. */
public final class Documents {
  private Documents() {}

  /** A PDF of so many pages of A4; page n has a black bar of n tenths of its width. */
  public static byte[] pdf(int pages) {
    return pdf(pages, PDRectangle.A4);
  }

  /** A PDF of so many pages of a size. */
  public static byte[] pdf(int pages, PDRectangle size) {
    try (PDDocument document = new PDDocument()) {
      for (int i = 1; i <= pages; i++) {
        PDPage page = new PDPage(size);
        document.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(document, page)) {
          content.addRect(0, size.getHeight() / 2, size.getWidth() * Math.min(i, 10) / 10, 40);
          content.fill();
        }
      }
      return bytes(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same, locked with a password. */
  public static byte[] lockedPdf(String password) {
    try (PDDocument document = Loader.loadPDF(pdf(1))) {
      document.protect(new StandardProtectionPolicy("owner", password, new AccessPermission()));
      return bytes(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A PDF whose pages are empty. */
  public static byte[] emptyPages(int pages) {
    try (PDDocument document = new PDDocument()) {
      for (int i = 0; i < pages; i++) {
        document.addPage(new PDPage(PDRectangle.A4));
      }
      return bytes(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A PDF of one page with a picture of so many white dots each way, packed very small. */
  public static byte[] pdfWithPicture(int side) {
    try (PDDocument document = new PDDocument()) {
      PDPage page = new PDPage(PDRectangle.A4);
      document.addPage(page);
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (java.util.zip.DeflaterOutputStream deflater =
          new java.util.zip.DeflaterOutputStream(packed)) {
        byte[] line = new byte[side];
        java.util.Arrays.fill(line, (byte) 0xFF);
        for (int i = 0; i < side; i++) {
          deflater.write(line);
        }
      }
      PDImageXObject picture =
          new PDImageXObject(
              document,
              new java.io.ByteArrayInputStream(packed.toByteArray()),
              org.apache.pdfbox.cos.COSName.FLATE_DECODE,
              side,
              side,
              8,
              PDDeviceGray.INSTANCE);
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        content.drawImage(picture, 0, 0, 500, 500);
      }
      return bytes(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A form of so many pages of A4, with Chinese text from top to bottom. */
  public static byte[] form(int pages) {
    String line = "居住证明申请表　姓名：证件样本　事项：居住登记与居住证明\n";
    int lines = 1;
    byte[] form = form(line, lines);
    while (pages(form) < pages) {
      lines += 30;
      form = form(line, lines);
    }
    return form;
  }

  private static byte[] form(String line, int lines) {
    byte[] text = line.repeat(lines).getBytes(StandardCharsets.UTF_8);
    try (PDDocument document = TextPages.document(text, new MediaSize(210_000, 297_000))) {
      return bytes(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A picture with a black left half. */
  public static byte[] picture(String format, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(width / 2, 0, width, height);
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A PNG that says that it is so large. */
  public static byte[] pngHead(int width, int height) {
    ByteBuffer png = ByteBuffer.wrap(picture("png", 8, 8));
    png.putInt(16, width).putInt(20, height);
    CRC32 sum = new CRC32();
    sum.update(png.array(), 12, 17);
    return png.putInt(29, (int) sum.getValue()).array();
  }

  /** A JPEG that says that it is so large. */
  public static byte[] jpegHead(int width, int height) {
    byte[] jpeg = picture("jpeg", 8, 8);
    for (int i = 0; i + 8 < jpeg.length; i++) {
      if ((jpeg[i] & 0xFF) == 0xFF && (jpeg[i + 1] & 0xFF) == 0xC0) {
        ByteBuffer.wrap(jpeg).putShort(i + 5, (short) height).putShort(i + 7, (short) width);
        return jpeg;
      }
    }
    throw new AssertionError("no frame in the JPEG");
  }

  /** How many pages a PDF has. */
  public static int pages(byte[] pdf) {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return document.getNumberOfPages();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(PDDocument document) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    document.save(bytes);
    return bytes.toByteArray();
  }
}
