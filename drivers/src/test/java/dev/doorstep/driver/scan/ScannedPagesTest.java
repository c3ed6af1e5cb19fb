package dev.doorstep.driver.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.TestCall;
import dev.doorstep.driver.picture.MarkedPicture;
import dev.doorstep.driver.scan.Raster.Pixel;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.CaptureDocument.Color;
import dev.doorstep.protocol.operation.CaptureDocument.Format;
import dev.doorstep.protocol.operation.CaptureDocument.Source;
import dev.doorstep.protocol.operation.CapturedDocument;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScannedPagesTest {
  private final NoPictures none = new NoPictures();
  private final TestCall call = new TestCall(Duration.ofSeconds(30));

  @BeforeAll
  static void keepImagesOffTheDisk() {
    ImageIO.setUseCache(false);
  }

  /** Rows that come one after the other. */
  private static Rows rows(byte[][] all) {
    int[] next = {0};
    return row -> {
      if (next[0] == all.length) {
        return false;
      }
      System.arraycopy(all[next[0]++], 0, row, 0, row.length);
      return true;
    };
  }

  private static byte[][] noise(Raster raster, int height) {
    Random random = new Random(raster.width());
    byte[][] all = new byte[height][raster.rowBytes()];
    Arrays.stream(all).forEach(random::nextBytes);
    return all;
  }

  private static int pixel(Raster raster, byte[] row, int x) {
    return switch (raster.pixel()) {
      case BIT -> (row[x / 8] >> (7 - x % 8) & 1) == 0 ? 0 : 0xFFFFFF;
      case GRAY -> (row[x] & 0xFF) * 0x010101;
      case RGB ->
          (row[3 * x] & 0xFF) << 16 | (row[3 * x + 1] & 0xFF) << 8 | (row[3 * x + 2] & 0xFF);
    };
  }

  private CapturedDocument captured(Format format, Raster raster, byte[][] all)
      throws DeviceException {
    try (ScannedPages pages = none.begin(CaptureDocument.plain(format), call)) {
      pages.add(raster, rows(all));
      return pages.finish();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "BIT, 1, 1",
    "BIT, 7, 3",
    "BIT, 8, 2",
    "BIT, 17, 5",
    "GRAY, 1, 1",
    "GRAY, 333, 200",
    "RGB, 1, 2",
    "RGB, 5, 1",
    "RGB, 640, 300"
  })
  void aPngHasEveryPixel(Pixel pixel, int width, int height) throws Exception {
    Raster raster = new Raster(width, OptionalInt.of(height), pixel, OptionalInt.of(300));
    byte[][] all = noise(raster, height);
    BufferedImage picture = Documents.picture(captured(Format.PNG, raster, all));
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = picture.getRGB(x, y) & 0xFFFFFF;
        if (pixel == Pixel.GRAY) {
          // ImageIO's grey is linear; the sample is what counts.
          rgb = picture.getRaster().getSample(x, y, 0) * 0x010101;
        }
        assertThat(rgb).isEqualTo(pixel(raster, all[y], x));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"GRAY, 1, 1", "GRAY, 700, 500", "RGB, 3, 9", "RGB, 700, 500", "BIT, 100, 50"})
  void aJpegIsNearEveryPixelAndTellsItsDensity(Pixel pixel, int width, int height)
      throws Exception {
    Raster raster = new Raster(width, OptionalInt.of(height), pixel, OptionalInt.of(240));
    byte[][] all = new byte[height][raster.rowBytes()];
    for (int y = 0; y < height; y++) {
      Arrays.fill(all[y], (byte) (pixel == Pixel.BIT ? 0xFF : 255 * y / height));
    }
    CapturedDocument document = captured(Format.JPEG, raster, all);
    BufferedImage picture = Documents.picture(document);
    assertThat(picture.getWidth()).isEqualTo(width);
    assertThat(picture.getHeight()).isEqualTo(height);
    for (int y = 0; y < height; y++) {
      int expected = pixel == Pixel.BIT ? 255 : 255 * y / height;
      assertThat(picture.getRaster().getSample(width / 2, y, 0)).isCloseTo(expected, within(6));
    }
    byte[] bytes = Documents.bytes(document);
    assertThat(Arrays.copyOfRange(bytes, 6, 18))
        .containsExactly('J', 'F', 'I', 'F', 0, 1, 2, 1, 0, 240, 0, 240);
  }

  @Test
  void aPdfHoldsPagesOfEveryKindAndTheScannersOwnJpegUnchanged() throws Exception {
    byte[] jpeg = jpeg(60, 40);
    CaptureDocument wanted =
        Wanted.of(Format.PDF, Source.FEEDER, Optional.empty(), Optional.empty(), Color.COLOR);
    try (ScannedPages pages = none.begin(wanted, call)) {
      for (Pixel pixel : Pixel.values()) {
        Raster raster = new Raster(90, OptionalInt.of(60), pixel, OptionalInt.of(72));
        pages.add(raster, rows(noise(raster, 60)));
      }
      pages.add(new ByteArrayInputStream(jpeg), OptionalInt.empty());
      try (PDDocument pdf = Documents.pdf(pages.finish())) {
        assertThat(pdf.getNumberOfPages()).isEqualTo(4);
        assertThat(pdf.getPage(0).getMediaBox().getWidth()).isEqualTo(90);
        assertThat(pdf.getPage(3).getMediaBox().getWidth()).isCloseTo(595, within(1f));
        for (int page = 0; page < 4; page++) {
          PDImageXObject image =
              (PDImageXObject) pdf.getPage(page).getResources().getXObject(COSName.getPDFName("P"));
          assertThat(image.getImage().getWidth()).isEqualTo(page < 3 ? 90 : 60);
          if (page == 3) {
            assertThat(image.getStream().getCOSObject().createRawInputStream().readAllBytes())
                .isEqualTo(jpeg);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void aPdfShowsAJpegAsItIsToBeShown(int orientation) throws Exception {
    byte[] jpeg = MarkedPicture.jpeg(orientation, orientation % 2 == 0);
    try (ScannedPages pages = none.begin(CaptureDocument.plain(Format.PDF), call)) {
      pages.add(new ByteArrayInputStream(jpeg), OptionalInt.of(72));
      CapturedDocument document = pages.finish();
      try (PDDocument pdf = Documents.pdf(document)) {
        BufferedImage seen = new PDFRenderer(pdf).renderImage(0);
        MarkedPicture.demandShown(seen, orientation, "the page");
        assertThat(seen.getWidth()).isEqualTo(document.width());
        assertThat(seen.getHeight()).isEqualTo(document.height());
      }
    }
  }

  @Test
  void theScannersJpegIsTheDocument() throws Exception {
    byte[] jpeg = jpeg(60, 40);
    try (ScannedPages pages = none.begin(CaptureDocument.plain(Format.JPEG), call)) {
      pages.add(new ByteArrayInputStream(jpeg), OptionalInt.of(300));
      assertThat(pages.wantsMore()).isFalse();
      CapturedDocument document = pages.finish();
      assertThat(Documents.bytes(document)).isEqualTo(jpeg);
      assertThat(document.width()).isEqualTo(60);
      assertThat(document.height()).isEqualTo(40);
    }
  }

  @Test
  void aJpegThatIsCutAnywhereIsGarbled() throws Exception {
    byte[] jpeg = jpeg(60, 40);
    for (int length = 0; length < jpeg.length; length++) {
      byte[] cut = Arrays.copyOf(jpeg, length);
      try (ScannedPages pages = none.begin(CaptureDocument.plain(Format.JPEG), call)) {
        assertThatThrownBy(() -> pages.add(new ByteArrayInputStream(cut), OptionalInt.empty()))
            .as("%d bytes", length)
            .isInstanceOfSatisfying(
                DeviceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.GARBLED));
      }
    }
  }

  @Test
  void aJpegWithoutEndIsTooLarge() throws Exception {
    byte[] jpeg = jpeg(60, 40);
    InputStream endless =
        new java.io.SequenceInputStream(
            new ByteArrayInputStream(jpeg),
            new InputStream() {
              @Override
              public int read() {
                return 0;
              }

              @Override
              public int read(byte[] buffer, int offset, int length) {
                return length;
              }
            });
    try (ScannedPages pages = none.begin(CaptureDocument.plain(Format.JPEG), call)) {
      assertThatThrownBy(() -> pages.add(endless, OptionalInt.empty()))
          .isInstanceOfSatisfying(
              DeviceException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.DOCUMENT_TOO_LARGE));
    }
  }

  @Test
  void aDocumentThatFindsNoRoomIsTold() throws Exception {
    byte[] large = new byte[30 << 20];
    byte[] jpeg = jpeg(60, 40);
    System.arraycopy(jpeg, 0, large, 0, jpeg.length - 2);
    large[large.length - 2] = (byte) 0xFF;
    large[large.length - 1] = (byte) 0xD9;
    CaptureDocument wanted =
        Wanted.of(Format.PDF, Source.FEEDER, Optional.empty(), Optional.empty(), Color.COLOR);
    try (ScannedPages pages = none.begin(wanted, call)) {
      pages.add(new ByteArrayInputStream(large), OptionalInt.empty());
      pages.add(new ByteArrayInputStream(large), OptionalInt.empty());
      assertThatThrownBy(() -> pages.add(new ByteArrayInputStream(large), OptionalInt.empty()))
          .isInstanceOfSatisfying(
              DeviceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FULL));
    }
  }

  @ParameterizedTest
  @CsvSource({"JPEG", "PNG", "PDF"})
  void whatTheDeviceSaysComesThroughEveryEncoder(Format format) throws Exception {
    Raster raster = new Raster(50, OptionalInt.of(50), Pixel.RGB, OptionalInt.empty());
    try (ScannedPages pages = none.begin(CaptureDocument.plain(format), call)) {
      int[] left = {20};
      Rows rows =
          row -> {
            if (left[0]-- == 0) {
              throw new DeviceException(ErrorCode.PAPER_JAM, "stuck");
            }
            return true;
          };
      assertThatThrownBy(() -> pages.add(raster, rows))
          .isInstanceOfSatisfying(
              DeviceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PAPER_JAM));
    }
  }

  private static byte[] jpeg(int width, int height) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "jpeg", out);
    }
    return bytes.toByteArray();
  }
}
