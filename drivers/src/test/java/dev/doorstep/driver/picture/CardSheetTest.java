package dev.doorstep.driver.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.doorstep.protocol.operation.CaptureDocument.Format;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofdrw.core.basicStructure.pageObj.layer.block.ImageObject;
import org.ofdrw.reader.OFDReader;

/** Both sides of a card lie on one sheet of A4 at the size of ISO/IEC 7810, ID-1. */
class CardSheetTest {
  private static final double WIDTH = 85.6;
  private static final double HEIGHT = 54.0;
  private static final double HALF = 0.5;
  private static final int SCANNED = 150;
  private static final int LOOK = 127; // five dots for a millimetre, at which a PDF is looked at

  /** A sheet as it is seen, and how many millimetres a pixel of it is. */
  private record Sheet(BufferedImage picture, double millimetres) {}

  @ParameterizedTest
  @CsvSource({"PDF, 100", "OFD, 0", "PNG, 150"})
  void bothSidesHaveTheirTrueSize(Format format, int dpi) throws Exception {
    DocumentMaker maker =
        new DocumentMaker(Order.of(Wishes.of(format).numbers(dpi, 0, 0, false).card().wishes()));
    add(maker, side(Color.BLUE, false));
    add(maker, side(Color.RED, true)); // lay the other way
    DocumentMaker.Document made = maker.finish();

    assertThat(made.pages()).isEqualTo(1);
    assertThat(made.width())
        .isCloseTo((int) Math.round(210 / 25.4 * (dpi > 0 ? dpi : 300)), within(1));
    Sheet sheet = seen(format, made);
    assertThat(sheet.picture.getWidth() * sheet.millimetres).isCloseTo(210, within(HALF));
    assertThat(sheet.picture.getHeight() * sheet.millimetres).isCloseTo(297, within(HALF));
    double front = demandSide(sheet, Color.BLUE);
    double back = demandSide(sheet, Color.RED);
    assertThat(back).isGreaterThan(front + HEIGHT);
  }

  /** How far below the sheet's upper edge it begins. */
  private static double demandSide(Sheet sheet, Color color) {
    BufferedImage picture = sheet.picture;
    int middle = picture.getWidth() / 2;
    int[] down =
        IntStream.range(0, picture.getHeight())
            .filter(y -> is(color, picture.getRGB(middle, y)))
            .toArray();
    int row = down[down.length / 2];
    int[] across =
        IntStream.range(0, picture.getWidth())
            .filter(x -> is(color, picture.getRGB(x, row)))
            .toArray();
    assertThat(across.length * sheet.millimetres).isCloseTo(WIDTH, within(HALF));
    assertThat(down.length * sheet.millimetres).isCloseTo(HEIGHT, within(HALF));
    double left = across[0] * sheet.millimetres;
    double right = 210 - across[across.length - 1] * sheet.millimetres;
    assertThat(left).isCloseTo(right, within(HALF));
    return down[0] * sheet.millimetres;
  }

  private static boolean is(Color color, int rgb) {
    Color seen = new Color(rgb);
    return Math.abs(seen.getRed() - color.getRed()) < 100
        && Math.abs(seen.getBlue() - color.getBlue()) < 100
        && seen.getGreen() < 100;
  }

  private static Sheet seen(Format format, DocumentMaker.Document made) throws IOException {
    if (format == Format.PDF) {
      try (PDDocument pdf = Loader.loadPDF(made.bytes())) {
        assertThat(pdf.getNumberOfPages()).isEqualTo(1);
        return new Sheet(new PDFRenderer(pdf).renderImageWithDPI(0, LOOK), 25.4 / LOOK);
      }
    }
    if (format == Format.OFD) {
      try (OFDReader reader = new OFDReader(new ByteArrayInputStream(made.bytes()))) {
        assertThat(reader.getNumberOfPages()).isEqualTo(1);
        ImageObject image = OfdWriterTest.image(reader.getPageInfo(1));
        BufferedImage picture =
            ImageIO.read(new ByteArrayInputStream(OfdWriterTest.bytes(reader, image)));
        return new Sheet(picture, image.getBoundary().getWidth() / picture.getWidth());
      }
    }
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(made.bytes()));
    return new Sheet(picture, 25.4 / 150);
  }

  private static void add(DocumentMaker maker, byte[] side) throws Exception {
    maker.add(new ByteArrayInputStream(side), PictureSource.View.SCANNER, SCANNED, false);
  }

  private static byte[] side(Color color, boolean stands) throws IOException {
    int across = (int) Math.round(WIDTH / 25.4 * SCANNED);
    int down = (int) Math.round(HEIGHT / 25.4 * SCANNED);
    BufferedImage picture = Canvas.blank(stands ? down : across, stands ? across : down, false);
    Graphics2D g = picture.createGraphics();
    g.setColor(color);
    g.fillRect(0, 0, picture.getWidth(), picture.getHeight());
    g.dispose();
    return JpegEncoder.encode(picture, 90, Optional.empty());
  }
}
