package dev.doorstep.driver.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.TestCall;
import dev.doorstep.driver.TestContext;
import dev.doorstep.driver.picture.Pictures;
import dev.doorstep.driver.scan.Raster.Pixel;
import dev.doorstep.driver.transport.Connection;
import dev.doorstep.driver.transport.LaneTransports;
import dev.doorstep.driver.transport.ScreenSource;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.CapturedDocument;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Scanned pages to which something is done, by one process for all of these tests. */
@TestInstance(Lifecycle.PER_CLASS)
class WorkedPagesTest {
  private static final int WIDTH = 90;
  private static final int HEIGHT = 60;
  private final LaneTransports wires = new LaneTransports(ScreenSource.NONE);
  private final Pictures pictures =
      Pictures.of(
          TestContext.of(
              Connection.parse("tcp:127.0.0.1:9"), Map.of(), wires, Duration.ofMinutes(1)));
  private final TestCall call = new TestCall(Duration.ofSeconds(30));

  @BeforeAll
  static void keepImagesOffTheDisk() {
    ImageIO.setUseCache(false);
  }

  @AfterAll
  void close() {
    pictures.close();
    wires.close();
  }

  /** A page whose left half is black. */
  private static Rows halfBlack(Raster raster) {
    int[] left = {HEIGHT};
    return row -> {
      if (left[0]-- == 0) {
        return false;
      }
      Arrays.fill(row, (byte) 0xFF);
      int bits = raster.pixel() == Pixel.BIT ? 1 : raster.pixel() == Pixel.GRAY ? 8 : 24;
      Arrays.fill(row, 0, WIDTH / 2 * bits / 8, (byte) 0);
      return true;
    };
  }

  private static Raster raster(Pixel pixel, OptionalInt height) {
    return new Raster(WIDTH, height, pixel, OptionalInt.of(72));
  }

  private CapturedDocument document(String wanted, int count) throws DeviceException {
    Raster raster = raster(Pixel.RGB, OptionalInt.of(HEIGHT));
    try (ScannedPages pages = begin(wanted)) {
      for (int i = 0; i < count; i++) {
        pages.add(raster, halfBlack(raster));
      }
      return pages.finish();
    }
  }

  private ScannedPages begin(String wanted) throws DeviceException {
    return ScannedPages.begin(ScanPlan.ofRows(Wanted.json(wanted)), call, pictures);
  }

  private static int gray(BufferedImage picture, int x, int y) {
    return picture.getRGB(x, y) & 0xFF;
  }

  @ParameterizedTest
  @EnumSource
  void rowsOfEveryKindAreTurned(Pixel pixel) throws Exception {
    Raster raster = raster(pixel, OptionalInt.of(HEIGHT));
    try (ScannedPages pages = begin("{\"format\":\"PNG\",\"rotate\":90}")) {
      pages.add(raster, halfBlack(raster));
      CapturedDocument made = pages.finish();
      assertThat(made.width()).isEqualTo(HEIGHT);
      assertThat(made.height()).isEqualTo(WIDTH);
      BufferedImage picture = Documents.picture(made);
      assertThat(gray(picture, HEIGHT / 2, 3)).isLessThan(10);
      assertThat(gray(picture, HEIGHT / 2, WIDTH - 3)).isGreaterThan(245);
    }
  }

  @Test
  void aPageWhoseHeightIsKnownAtItsEndOnlyIsTurned() throws Exception {
    Raster raster = raster(Pixel.GRAY, OptionalInt.empty());
    try (ScannedPages pages = begin("{\"format\":\"PNG\",\"rotate\":180}")) {
      pages.add(raster, halfBlack(raster));
      BufferedImage picture = Documents.picture(pages.finish());
      assertThat(picture.getHeight()).isEqualTo(HEIGHT);
      assertThat(gray(picture, WIDTH - 3, 3)).isLessThan(10);
    }
  }

  @Test
  void pagesOfTheFeederBecomeOnePdfOfTheirTrueSize() throws Exception {
    CapturedDocument made =
        document("{\"format\":\"PDF\",\"source\":\"FEEDER\",\"clean\":true}", 3);
    assertThat(made.pages()).isEqualTo(3);
    try (PDDocument pdf = Documents.pdf(made)) {
      assertThat(pdf.getNumberOfPages()).isEqualTo(3);
      assertThat(pdf.getPage(2).getMediaBox().getWidth()).isCloseTo(WIDTH, within(0.5f));
    }
  }

  @Test
  void bothSidesOfACardLieOnOnePage() throws Exception {
    String card = "{\"format\":\"PDF\",\"source\":\"FEEDER\",\"layout\":\"CARD\"}";
    assertThat(document(card, 2).pages()).isOne();
    assertThatThrownBy(() -> document(card, 1))
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NO_DOCUMENT));
  }

  @Test
  void aJpegThatIsCutIsGarbledAndTheNextDocumentIsMade() throws Exception {
    byte[] jpeg = jpeg();
    for (int length : new int[] {0, 1, 30, jpeg.length / 2, jpeg.length - 1}) {
      byte[] cut = Arrays.copyOf(jpeg, length);
      try (ScannedPages pages = beginJpegs()) {
        assertThatThrownBy(() -> pages.add(new ByteArrayInputStream(cut), OptionalInt.empty()))
            .as("%d bytes", length)
            .isInstanceOfSatisfying(
                DeviceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.GARBLED));
      }
    }
    try (ScannedPages pages = beginJpegs()) {
      pages.add(new ByteArrayInputStream(jpeg), OptionalInt.of(100));
      assertThat(pages.finish().content().contentType()).isEqualTo("image/png");
    }
  }

  @Test
  void aDamagedJpegIsGarbled() throws Exception {
    byte[] jpeg = jpeg();
    // the tables that its pixels need are gone, and nothing of the head shows that
    for (int at = 2; at < jpeg.length - 1; at++) {
      if ((jpeg[at] & 0xFF) == 0xFF && (jpeg[at + 1] & 0xFF) == 0xDB) {
        jpeg[at + 1] = (byte) 0xFE;
      }
    }
    try (ScannedPages pages = beginJpegs()) {
      assertThatThrownBy(() -> pages.add(new ByteArrayInputStream(jpeg), OptionalInt.empty()))
          .isInstanceOfSatisfying(
              DeviceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.GARBLED));
    }
  }

  @Test
  void tooManyPixelsAreNotDecoded() throws Exception {
    Raster large = new Raster(30_000, OptionalInt.of(30_000), Pixel.GRAY, OptionalInt.empty());
    try (ScannedPages pages = begin("{\"rotate\":90}")) {
      assertThatThrownBy(() -> pages.add(large, row -> true))
          .isInstanceOfSatisfying(
              DeviceException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.DOCUMENT_TOO_LARGE));
    }
  }

  @Test
  void whatTheDeviceSaysComesThrough() throws Exception {
    Raster raster = raster(Pixel.RGB, OptionalInt.of(HEIGHT));
    try (ScannedPages pages = begin("{\"rotate\":90}")) {
      assertThatThrownBy(
              () ->
                  pages.add(
                      raster,
                      row -> {
                        throw new DeviceException(ErrorCode.PAPER_JAM, "stuck");
                      }))
          .isInstanceOfSatisfying(
              DeviceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PAPER_JAM));
    }
  }

  @Test
  void theGlassGivesOnePageAlone() {
    for (String several :
        new String[] {"{\"layout\":\"CARD\"}", "{\"format\":\"PDF\",\"pages\":2}"}) {
      assertThatThrownBy(() -> ScanPlan.ofRows(Wanted.json(several)))
          .isInstanceOfSatisfying(
              DeviceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED));
    }
  }

  private ScannedPages beginJpegs() throws DeviceException {
    CaptureDocument png = Wanted.json("{\"format\":\"PNG\"}");
    return ScannedPages.begin(ScanPlan.ofJpegs(png), call, pictures);
  }

  private static byte[] jpeg() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(new BufferedImage(60, 40, BufferedImage.TYPE_INT_RGB), "jpeg", out);
    }
    return bytes.toByteArray();
  }
}
