package dev.doorstep.driver.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.CaptureDocument.Color;
import dev.doorstep.protocol.operation.CaptureDocument.Format;
import dev.doorstep.protocol.operation.CapturedDocument.FoundCode;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.Test;

/** What the steps make of a page, read by others than those who wrote it where there are such. */
class DocumentMakerTest {
  private static final int DPI = 127; // of PrintedPage: five dots for a millimetre

  @Test
  void pagesOfAScannerBecomeAPdfOfTrueSize() throws Exception {
    DocumentMaker.Document made =
        made(CaptureDocument.plain(Format.PDF), PictureSource.View.SCANNER, page(), page());

    try (PDDocument pdf = Loader.loadPDF(made.bytes())) {
      assertThat(pdf.getNumberOfPages()).isEqualTo(2);
      assertThat(pdf.getPage(0).getMediaBox().getWidth()).isCloseTo(595, within(2f));
      assertThat(pdf.getPage(1).getMediaBox().getHeight()).isCloseTo(842, within(2f));
    }
    assertThat(made.pages()).isEqualTo(2);
  }

  @Test
  void blackAndWhiteIsPackedAsAFax() throws Exception {
    DocumentMaker.Document made =
        made(
            Wishes.of(Format.PDF).color(Color.BLACK_WHITE).wishes(),
            PictureSource.View.SCANNER,
            page());

    assertThat(new String(made.bytes(), StandardCharsets.ISO_8859_1)).contains("CCITTFaxDecode");
    assertThat(made.bytes()).hasSizeLessThan(400_000);
  }

  @Test
  void aShadowGoesAndASealStaysRed() throws Exception {
    BufferedImage page = Canvas.blank(1000, 1400, false);
    byte[] pixels = Canvas.bytes(page);
    for (int y = 0; y < 1400; y++) {
      for (int x = 0; x < 1000; x++) {
        boolean seal = Math.abs(Math.hypot(x - 700, y - 1000) - 90) < 6;
        double light = 0.55 + 0.4 * x / 1000;
        int at = 3 * (y * 1000 + x);
        pixels[at] = (byte) ((seal ? 50 : 205) * light);
        pixels[at + 1] = (byte) ((seal ? 40 : 220) * light);
        pixels[at + 2] = (byte) ((seal ? 200 : 225) * light);
      }
    }
    BufferedImage clean = CleanBackground.of(page);

    assertThat(clean.getRGB(100, 100) & 0xFFFFFF).isEqualTo(0xFFFFFF);
    assertThat(clean.getRGB(900, 300) & 0xFFFFFF).isEqualTo(0xFFFFFF);
    int red = clean.getRGB(790, 1000);
    assertThat((red >> 16) & 0xFF).isGreaterThan(200);
    assertThat((red >> 8) & 0xFF).isLessThan(90);
  }

  @Test
  void linesOfTextAreMadeLevel() throws Exception {
    BufferedImage page = PictureDecoder.plain(PrintedPage.letter(new Random(3), 235));
    for (double degrees : new double[] {-6.3, -1.2, 0, 2.4, 9.7}) {
      BufferedImage turned = Warp.turned(page, degrees);
      assertThat(TextSkew.of(turned)).isCloseTo(degrees, within(0.2));
    }
  }

  @Test
  void aJpegFitsIntoWhatIsAskedFor() throws Exception {
    for (int largest : new int[] {10_000, 60_000, 200_000}) {
      DocumentMaker.Document made =
          made(
              Wishes.of(Format.JPEG).numbers(0, 0, largest, false).wishes(),
              PictureSource.View.SCANNER,
              page());
      assertThat(made.bytes()).hasSizeLessThanOrEqualTo(largest);
      BufferedImage read = ImageIO.read(new ByteArrayInputStream(made.bytes()));
      assertThat(read.getWidth()).isEqualTo(made.width());
    }
  }

  @Test
  void isTurnedClockwise() throws Exception {
    BufferedImage marked = Canvas.blank(60, 40, false);
    Graphics2D g = marked.createGraphics();
    g.setColor(java.awt.Color.BLACK);
    g.fillRect(0, 0, 10, 10);
    g.dispose();
    int[][] at = {{5, 5}, {35, 5}, {55, 35}, {5, 55}};
    for (int turns = 0; turns < 4; turns++) {
      DocumentMaker.Document made =
          made(
              Wishes.of(Format.PNG).numbers(0, 90 * turns, 0, false).wishes(),
              PictureSource.View.SCANNER,
              jpeg(marked));
      BufferedImage read = ImageIO.read(new ByteArrayInputStream(made.bytes()));
      assertThat(read.getRGB(at[turns][0], at[turns][1]) & 0xFF).as("" + turns).isLessThan(90);
    }
  }

  @Test
  void codesAreRead() throws Exception {
    BitMatrix code =
        new QRCodeWriter()
            .encode(
                "随申码-0042",
                BarcodeFormat.QR_CODE,
                200,
                200,
                java.util.Map.of(com.google.zxing.EncodeHintType.CHARACTER_SET, "UTF-8"));
    BufferedImage page = Canvas.blank(1000, 1400, true);
    for (int y = 0; y < 200; y++) {
      for (int x = 0; x < 200; x++) {
        page.getRaster().setSample(x + 600, y + 100, 0, code.get(x, y) ? 20 : 240);
      }
    }
    DocumentMaker.Document made =
        made(
            Wishes.of(Format.JPEG).numbers(0, 0, 0, true).wishes(),
            PictureSource.View.SCANNER,
            jpeg(page));
    assertThat(made.codes().orElseThrow()).containsExactly(new FoundCode("QR_CODE", "随申码-0042"));
  }

  @Test
  void rawRowsAreTakenAsAScannerGivesThem() throws Exception {
    byte[] head = "P4\n10 2\n".getBytes(StandardCharsets.US_ASCII);
    byte[] bits = {(byte) 0x80, 0, 0, 0x40};
    byte[] pbm = java.util.Arrays.copyOf(head, head.length + bits.length);
    System.arraycopy(bits, 0, pbm, head.length, bits.length);
    DocumentMaker.Document made =
        made(CaptureDocument.plain(Format.PNG), PictureSource.View.SCANNER, pbm);
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(made.bytes()));
    assertThat(read.getRGB(0, 0) & 0xFF).isZero();
    assertThat(read.getRGB(1, 0) & 0xFF).isEqualTo(255);
    assertThat(read.getRGB(9, 1) & 0xFF).isZero();
  }

  private static DocumentMaker.Document made(
      CaptureDocument wishes, PictureSource.View view, byte[]... pages) throws Exception {
    DocumentMaker maker = new DocumentMaker(Order.of(wishes));
    for (byte[] page : pages) {
      maker.add(new ByteArrayInputStream(page), view, DPI, false);
    }
    return maker.finish();
  }

  private static byte[] page() throws IOException {
    return jpeg(PictureDecoder.plain(PrintedPage.letter(new Random(3), 235)));
  }

  private static byte[] jpeg(BufferedImage picture) throws IOException {
    return JpegEncoder.encode(picture, 90, Optional.empty());
  }
}
