package dev.doorstep.driver.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.CaptureDocument.Format;
import dev.doorstep.protocol.operation.CapturedDocument.FoundPage;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExifOrientationTest {
  private static final int DPI = 100;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void isObeyedWhateverIsMadeOfThePicture(int orientation) throws Exception {
    byte[] camera = MarkedPicture.jpeg(orientation, false);
    for (CaptureDocument wishes :
        List.of(
            CaptureDocument.plain(Format.PNG),
            CaptureDocument.plain(Format.OFD),
            Wishes.of(Format.JPEG).numbers(0, 0, 1 << 20, false).wishes())) {
      demand(wishes, PictureSource.View.CAMERA, camera, orientation);
    }
    byte[] scanner = MarkedPicture.jpeg(orientation, true);
    for (CaptureDocument wishes :
        List.of(
            CaptureDocument.plain(Format.PDF),
            Wishes.of(Format.PNG).color(CaptureDocument.Color.GRAY).wishes())) {
      demand(wishes, PictureSource.View.SCANNER, scanner, orientation);
    }
  }

  @Test
  void aJpegThatNobodyWantsChangedKeepsIt() throws Exception {
    byte[] jpeg = MarkedPicture.jpeg(7, true);
    CaptureDocument plain = CaptureDocument.plain(Format.JPEG);
    assertThat(made(plain, PictureSource.View.CAMERA, jpeg).bytes()).isEqualTo(jpeg);
  }

  @Test
  void whatIsNoneIsPassedOver() throws Exception {
    for (int orientation : new int[] {0, 9, 0xFFFF}) {
      byte[] jpeg = MarkedPicture.jpeg(orientation, false);
      assertThat(ExifOrientation.of(jpeg)).isEqualTo(ExifOrientation.STORED);
    }
    assertThat(ExifOrientation.of(MarkedPicture.stored())).isEqualTo(ExifOrientation.STORED);
  }

  /** The corners of the page are those of the stored picture, from the upright page's top left. */
  @ParameterizedTest
  @CsvSource({
    "1, 200, 150, 800, 150",
    "2, 800, 150, 200, 150",
    "3, 800, 550, 200, 550",
    "4, 200, 550, 800, 550",
    "5, 200, 150, 200, 550",
    "6, 200, 550, 200, 150",
    "7, 800, 550, 800, 150",
    "8, 800, 150, 800, 550",
  })
  void thePageIsToldInTheStoredPicture(int orientation, int x0, int y0, int x1, int y1)
      throws Exception {
    BufferedImage desk = Canvas.blank(1000, 700, false);
    Graphics2D g = desk.createGraphics();
    g.setColor(new Color(70, 60, 50));
    g.fillRect(0, 0, 1000, 700);
    g.setColor(Color.WHITE);
    g.fillRect(200, 150, 600, 400);
    g.dispose();
    byte[] jpeg =
        MarkedPicture.exif(JpegEncoder.encode(desk, 90, Optional.empty()), orientation, false);

    FoundPage found =
        made(CaptureDocument.plain(Format.JPEG), PictureSource.View.CAMERA, jpeg)
            .found()
            .orElseThrow();

    assertThat(found.found()).isTrue();
    List<Double> first = found.corners().get(0);
    List<Double> second = found.corners().get(1);
    assertThat(first.get(0)).isCloseTo(x0, within(4.0));
    assertThat(first.get(1)).isCloseTo(y0, within(4.0));
    assertThat(second.get(0)).isCloseTo(x1, within(4.0));
    assertThat(second.get(1)).isCloseTo(y1, within(4.0));
    assertThat(found.skew()).isCloseTo(0, within(0.5));
  }

  private static void demand(
      CaptureDocument wishes, PictureSource.View view, byte[] jpeg, int orientation)
      throws Exception {
    BufferedImage seen = seen(wishes.format(), made(wishes, view, jpeg).bytes());
    MarkedPicture.demandShown(seen, orientation, wishes.format() + " of a " + view);
  }

  private static BufferedImage seen(Format format, byte[] bytes) throws IOException {
    if (format == Format.PDF) {
      try (PDDocument pdf = Loader.loadPDF(bytes)) {
        return new PDFRenderer(pdf).renderImageWithDPI(0, DPI);
      }
    }
    if (format == Format.OFD) {
      try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
        ZipEntry entry = zip.getNextEntry();
        while (!entry.getName().contains("/Res/")) {
          entry = zip.getNextEntry();
        }
        return ImageIO.read(new ByteArrayInputStream(zip.readAllBytes()));
      }
    }
    return ImageIO.read(new ByteArrayInputStream(bytes));
  }

  private static DocumentMaker.Document made(
      CaptureDocument wishes, PictureSource.View view, byte[] jpeg) throws Exception {
    DocumentMaker maker = new DocumentMaker(Order.of(wishes));
    maker.add(
        new ByteArrayInputStream(jpeg), view, view == PictureSource.View.SCANNER ? DPI : 0, false);
    return maker.finish();
  }
}
