package dev.doorstep.driver.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.TestCall;
import dev.doorstep.driver.picture.MarkedPicture;
import dev.doorstep.driver.transport.LaneTransports;
import dev.doorstep.driver.transport.ScreenSource;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.PageRange;
import dev.doorstep.protocol.operation.PrintDocument.Duplex;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of documents, bad ones among them, before a printer gets them. */
class PreparedDocumentTest {
  private static final Duration AMPLE = Duration.ofSeconds(50);
  private static final MediaSize A4 = MediaSize.of("iso_a4_210x297mm").orElseThrow();
  private final LaneTransports wires = new LaneTransports(ScreenSource.NONE);

  @AfterEach
  void close() {
    wires.close();
  }

  private static Layout layout(Form form, boolean gray, PageRange... pages) {
    return new Layout(
        form, List.of(pages), 1, Duplex.ONE_SIDED, A4, Layout.FINEST, gray, SheetBack.NORMAL);
  }

  private byte[] made(String type, byte[] document, Layout layout) throws DeviceException {
    TestCall call = new TestCall(AMPLE);
    try (PreparedDocument prepared =
        PreparedDocument.prepare(Content.of(type, document), layout, wires, call)) {
      ByteArrayOutputStream made = new ByteArrayOutputStream();
      byte[] part = new byte[10_000];
      for (int n = prepared.read(part); n >= 0; n = prepared.read(part)) {
        made.write(part, 0, n);
      }
      return made.toByteArray();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void aJpegIsShownAndPrintedTheWayUpThatItSays(int orientation) throws Exception {
    byte[] jpeg = MarkedPicture.jpeg(orientation, true);
    byte[] pages = made("image/jpeg", jpeg, layout(Form.SCREEN, false));
    int head = 3 * Integer.BYTES; // of the only page
    MarkedPicture.demandShown(
        ImageIO.read(new ByteArrayInputStream(pages, head, pages.length - head)),
        orientation,
        "on the screen");
    try (PDDocument printed = Loader.loadPDF(made("image/jpeg", jpeg, layout(Form.PDF, false)))) {
      PDRectangle sheet = printed.getPage(0).getMediaBox();
      assertThat(sheet.getWidth() > sheet.getHeight()).isEqualTo(orientation < 5);
    }
  }

  /** The renderer knows nothing of a user unit: the page has its size on a screen all the same. */
  @Test
  void aPageOfLargeUnitsIsAsLargeOnTheScreen() throws Exception {
    byte[] pdf;
    try (PDDocument document = Loader.loadPDF(Documents.pdf(1, new PDRectangle(100, 80)))) {
      document.getPage(0).setUserUnit(10);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      document.save(out);
      pdf = out.toByteArray();
    }
    byte[] page = made("application/pdf", pdf, layout(Form.SCREEN, false));
    assertThat(java.nio.ByteBuffer.wrap(page).getInt()).isEqualTo(PagePicture.LONGEST_SIDE);
  }

  private DeviceException refusal(String type, byte[] document, Layout layout) {
    DeviceException refusal =
        catchThrowableOfType(DeviceException.class, () -> made(type, document, layout));
    assertThat(refusal).isNotNull();
    return refusal;
  }

  @ParameterizedTest
  @CsvSource({"application/pdf, PDF", "application/pdf, AS_IS"})
  void aDocumentThatHasNotComeIsTold(String type, Form form) {
    Content missing = new Content.Blob(type, "b", 100, "0".repeat(64), 1);
    TestCall call = new TestCall(AMPLE);
    assertThatThrownBy(
            () -> PreparedDocument.prepare(missing, layout(form, false), wires, call).close())
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BLOB_DAMAGED));
  }

  static Stream<Arguments> badDocuments() {
    byte[] pdf = Documents.pdf(2);
    byte[] noise = new byte[5_000];
    new java.util.Random(4).nextBytes(noise);
    byte[] hollow = "%PDF-1.7\n1 0 obj\n<< >>\nendobj\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);
    return Stream.of(
        Arguments.of("locked", "application/pdf", Documents.lockedPdf("x"), "BAD_DOCUMENT"),
        Arguments.of("half", "application/pdf", Arrays.copyOf(pdf, pdf.length / 2), "BAD_DOCUMENT"),
        Arguments.of("noise", "application/pdf", noise, "BAD_DOCUMENT"),
        Arguments.of("empty", "application/pdf", new byte[0], "BAD_DOCUMENT"),
        Arguments.of("hollow", "application/pdf", hollow, "BAD_DOCUMENT"),
        Arguments.of(
            "5 000 pages", "application/pdf", Documents.emptyPages(5_000), "DOCUMENT_TOO_LARGE"),
        Arguments.of(
            "10 metres",
            "application/pdf",
            Documents.pdf(1, new PDRectangle(595, 28_346)),
            "DOCUMENT_TOO_LARGE"),
        Arguments.of(
            "large PNG", "image/png", Documents.pngHead(50_000, 50_000), "DOCUMENT_TOO_LARGE"),
        Arguments.of(
            "large JPEG", "image/jpeg", Documents.jpegHead(50_000, 50_000), "DOCUMENT_TOO_LARGE"),
        Arguments.of("a PNG as JPEG", "image/jpeg", Documents.picture("png", 9, 9), "BAD_DOCUMENT"),
        Arguments.of("noise", "image/png", noise, "BAD_DOCUMENT"),
        Arguments.of("a web page", "text/html", noise, "UNSUPPORTED"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("badDocuments")
  void areRefusedWhateverThePrinterTakes(
      String what, String type, byte[] document, ErrorCode code) {
    for (Form form : List.of(Form.AS_IS, Form.PWG_RASTER)) {
      DeviceException refusal = refusal(type, document, layout(form, true));
      assertThat(refusal.code()).as("%s: %s", what, refusal.getMessage()).isEqualTo(code);
    }
  }

  @Test
  void textsThatCannotBeSetAreRefused() {
    Layout pdf = layout(Form.PDF, true);
    assertThat(refusal("text/plain", new byte[] {(byte) 0xC3, 0x28}, pdf).code())
        .isEqualTo(ErrorCode.BAD_DOCUMENT);
    assertThat(refusal("text/plain", new byte[(1 << 20) + 1], pdf).code())
        .isEqualTo(ErrorCode.DOCUMENT_TOO_LARGE);
    byte[] rare = "\n\uE123 Private".getBytes(StandardCharsets.UTF_8);
    DeviceException refusal = refusal("text/plain", rare, pdf);
    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_PARAMETERS);
    assertThat(refusal).hasMessageContaining("line 2").hasMessageContaining("fonts-noto-cjk");
    byte[] long1 = "a\f".repeat(110).getBytes(StandardCharsets.UTF_8);
    assertThat(refusal("text/plain", long1, pdf).code()).isEqualTo(ErrorCode.DOCUMENT_TOO_LARGE);
  }

  @Test
  void aPictureInAPdfTakesNoMoreThanItsPlaceOnThePage() {
    byte[] pdf = Documents.pdfWithPicture(20_000);
    try {
      assertThat(PwgPages.of(made("application/pdf", pdf, layout(Form.PWG_RASTER, true))))
          .hasSize(1);
    } catch (DeviceException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.DOCUMENT_TOO_LARGE);
    }
  }

  @Test
  void aPageThatIsNotThereIsRefused() {
    for (Form form : List.of(Form.AS_IS, Form.PDF)) {
      assertThat(
              refusal("application/pdf", Documents.pdf(2), layout(form, true, new PageRange(3, 4)))
                  .code())
          .isEqualTo(ErrorCode.INVALID_PARAMETERS);
    }
  }

  @Test
  void aChineseTextBecomesPagesOfDots() throws Exception {
    String text = "石门二路居委会服务点\n\n" + "居住证明　Residence certificate 2026\n".repeat(200);
    byte[] pdf = made("text/plain", text.getBytes(StandardCharsets.UTF_8), layout(Form.PDF, true));
    assertThat(Documents.pages(pdf)).isBetween(3, 6);
    try (PDDocument document = Loader.loadPDF(pdf)) {
      BufferedImage page = new PDFRenderer(document).renderImageWithDPI(0, 100);
      assertThat(blackRows(page, 0, 160)).as("the heading and lines").isGreaterThan(30);
      assertThat(pdf.length).isLessThan(400_000);
    }
  }

  private static long blackRows(BufferedImage page, int from, int to) {
    return java.util.stream.IntStream.range(from, to)
        .filter(
            y ->
                java.util.stream.IntStream.range(0, page.getWidth())
                    .anyMatch(x -> (page.getRGB(x, y) & 0xFF) < 128))
        .count();
  }

  @Test
  void picturesBecomeAPageInTheirOwnDirection() throws Exception {
    for (String format : List.of("png", "jpeg")) {
      byte[] picture = Documents.picture(format, 400, 200);
      byte[] pdf = made("image/" + format, picture, layout(Form.PDF, false));
      try (PDDocument document = Loader.loadPDF(pdf)) {
        PDRectangle sheet = document.getPage(0).getMediaBox();
        assertThat(sheet.getWidth()).isGreaterThan(sheet.getHeight());
        BufferedImage page = new PDFRenderer(document).renderImageWithDPI(0, 50);
        int middle = page.getHeight() / 2;
        assertThat(page.getRGB(page.getWidth() / 4, middle) & 0xFF).isLessThan(20);
        assertThat(page.getRGB(page.getWidth() * 3 / 4, middle) & 0xFF).isGreaterThan(235);
      }
    }
  }

  @Test
  void dotsShowThePagesThatArePicked() throws Exception {
    Layout layout = layout(Form.PWG_RASTER, true, new PageRange(2, 2), new PageRange(5, 9));
    List<PwgPages.Side> sides = PwgPages.of(made("application/pdf", Documents.pdf(5), layout));
    assertThat(sides).hasSize(2);
    assertThat(sides.get(0).width()).isEqualTo(2480);
    assertThat(sides.get(0).height()).isEqualTo(3508);
    assertThat(sides.get(0).at(0.15, 0.48)).isLessThan(20);
    assertThat(sides.get(0).at(0.30, 0.48)).isGreaterThan(235);
    assertThat(sides.get(1).at(0.45, 0.48)).isLessThan(20);
    assertThat(sides.get(1).at(0.60, 0.48)).isGreaterThan(235);
  }

  @Test
  void backsAreTurnedAndCopiesBeginOnNewSheets() throws Exception {
    Layout layout =
        new Layout(
            Form.PWG_RASTER, List.of(), 2, Duplex.LONG_EDGE, A4, 600, false, SheetBack.ROTATED);
    List<PwgPages.Side> sides = PwgPages.of(made("application/pdf", Documents.pdf(3), layout));
    assertThat(sides).hasSize(7); // three, an empty back, three
    assertThat(sides.get(0).dpi()).isEqualTo(600);
    assertThat(sides.get(0).width()).isEqualTo(4960);
    assertThat(sides.get(1).at(0.90, 0.52)).as("the begin of the bar").isLessThan(20);
    assertThat(sides.get(1).at(0.10, 0.52)).isGreaterThan(235);
    assertThat(sides.get(4).at(0.05, 0.48)).as("page 1 again").isLessThan(20);
  }

  @Test
  void onePageBecomesAPictureAndMoreAreRefused() throws Exception {
    byte[] jpeg = made("application/pdf", Documents.pdf(1), layout(Form.JPEG, false));
    assertThat(ImageIO.read(new ByteArrayInputStream(jpeg)).getWidth()).isEqualTo(2480);
    assertThat(refusal("application/pdf", Documents.pdf(2), layout(Form.JPEG, false)).code())
        .isEqualTo(ErrorCode.UNSUPPORTED);
  }

  @Test
  void itsTimeIsItsOwn() {
    TestCall call = new TestCall(Duration.ofMillis(60));
    long begin = System.nanoTime();
    DeviceException late =
        catchThrowableOfType(
            DeviceException.class,
            () ->
                PreparedDocument.prepare(
                    Content.of("application/pdf", Documents.pdf(1)),
                    layout(Form.PDF, true),
                    wires,
                    call));
    assertThat(late.code()).isEqualTo(ErrorCode.TIMEOUT);
    assertThat(System.nanoTime() - begin).isLessThan(Duration.ofSeconds(3).toNanos());
  }

  @Test
  void aCloseByTheLaneEndsIt() throws Exception {
    CompletableFuture<DeviceException> ending =
        CompletableFuture.supplyAsync(
            () -> refusal("application/pdf", Documents.pdf(60), layout(Form.PWG_RASTER, false)));
    await().until(() -> ProcessHandle.current().children().findAny().isPresent());
    wires.close();
    assertThat(ending.get().code()).isEqualTo(ErrorCode.DISCONNECTED);
  }
}
