package dev.doorstep.driver.sanescanner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.LocalDevice;
import dev.doorstep.driver.PlayedBytes;
import dev.doorstep.driver.TestCall;
import dev.doorstep.driver.scan.Documents;
import dev.doorstep.driver.scan.Raster;
import dev.doorstep.driver.scan.Wanted;
import dev.doorstep.driver.transport.Patience;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.CaptureDocument.Color;
import dev.doorstep.protocol.operation.CaptureDocument.Format;
import dev.doorstep.protocol.operation.CaptureDocument.Source;
import dev.doorstep.protocol.operation.CapturedDocument;
import dev.doorstep.simulator.testing.RealComponent;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Against Debian's daemon, whose back end {@code test} draws pictures that are known. */
@RealComponent("saned")
class SaneScannerTest {
  private static final Duration AMPLE = Duration.ofSeconds(20);
  private Saned saned;

  @BeforeEach
  void plugIn(@TempDir Path folder) {
    ImageIO.setUseCache(false);
    saned = Saned.start(folder);
  }

  @AfterEach
  void close() {
    saned.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = Format.class,
      names = {"JPEG", "PNG"})
  void theGridComesAsItIsDrawn(Format format) throws Exception {
    saned.set(Map.of("test-picture", "\"Grid\""));
    try (LocalDevice device = open(Map.of())) {
      CapturedDocument captured = device.run(Wanted.flat(format, 254, Color.COLOR));
      BufferedImage picture = Documents.picture(captured);
      assertThat(captured.width()).isEqualTo(picture.getWidth()).isEqualTo(800);
      assertThat(captured.height()).isEqualTo(picture.getHeight()).isEqualTo(1000);
      // Squares of 10 mm are 100 pixels at 254 dpi; the first one is white.
      for (int row = 0; row < 10; row++) {
        for (int column = 0; column < 8; column++) {
          int rgb = picture.getRGB(100 * column + 50, 100 * row + 50) & 0xFFFFFF;
          assertThat(rgb).isEqualTo((row + column) % 2 == 0 ? 0xFFFFFF : 0);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"COLOR, 24", "GRAY, 8", "BLACK_WHITE, 1"})
  void eachColourIsThatOfThePixels(Color color, int bits) throws Exception {
    saned.set(Map.of("test-picture", "\"Solid white\""));
    try (LocalDevice device = open(Map.of())) {
      BufferedImage picture = Documents.picture(device.run(Wanted.flat(Format.PNG, 100, color)));
      assertThat(picture.getColorModel().getPixelSize()).isEqualTo(bits);
      assertThat(picture.getRGB(7, 9) & 0xFFFFFF).isEqualTo(0xFFFFFF);
    }
    saned.set(Map.of("test-picture", "\"Solid black\""));
    try (LocalDevice device = open(Map.of())) {
      BufferedImage picture = Documents.picture(device.run(Wanted.flat(Format.JPEG, 100, color)));
      assertThat(picture.getRGB(7, 9) & 0xFFFFFF).isZero();
    }
  }

  @Test
  @RealComponent("scanimage")
  void theColourPatternIsTheSameAsTheProgramOfTheBackEndsMakersGives() throws Exception {
    saned.set(Map.of("test-picture", "\"Color pattern\""));
    Path theirs = ScanImage.scan(saned.folder(), "test:0", "--mode=Color", "--resolution=50");
    try (LocalDevice device = open(Map.of())) {
      BufferedImage ours = Documents.picture(device.run(Wanted.flat(Format.PNG, 50, Color.COLOR)));
      BufferedImage expected = ImageIO.read(theirs.toFile());
      assertThat(ours.getWidth()).isEqualTo(expected.getWidth());
      assertThat(ours.getHeight()).isEqualTo(expected.getHeight());
      for (int y = 0; y < expected.getHeight(); y++) {
        for (int x = 0; x < expected.getWidth(); x++) {
          assertThat(ours.getRGB(x, y)).isEqualTo(expected.getRGB(x, y));
        }
      }
    }
  }

  @Test
  void theFeederIsReadToItsEndIntoOnePdfOfTrueSize() throws Exception {
    try (LocalDevice device = open(Map.of())) {
      TestCall call = new TestCall(AMPLE);
      CapturedDocument captured = device.run(Wanted.fed(Format.PDF, Optional.empty()), call);
      assertThat(captured.pages()).isEqualTo(10);
      assertThat(call.acts()).isOne();
      assertThat(call.notes()).startsWith("scanning page 1", "scanning page 2").hasSize(11);
      try (PDDocument pdf = Documents.pdf(captured)) {
        assertThat(pdf.getNumberOfPages()).isEqualTo(10);
        PDPage page = pdf.getPage(9);
        assertThat(page.getMediaBox().getWidth() / 72 * 25.4).isCloseTo(80, within(0.5));
        assertThat(page.getMediaBox().getHeight() / 72 * 25.4).isCloseTo(100, within(0.5));
        PDImageXObject image =
            (PDImageXObject) page.getResources().getXObject(COSName.getPDFName("P"));
        assertThat(image.getSuffix()).isEqualTo("jpg");
        assertThat(image.getImage().getRGB(3, 3) & 0xFFFFFF).isZero();
      }
    }
  }

  @Test
  void asManyPagesAsAskedAreTaken() throws Exception {
    try (LocalDevice device = open(Map.of())) {
      assertThat(device.run(Wanted.fed(Format.PDF, Optional.of(3))).pages()).isEqualTo(3);
      assertThat(device.run(Wanted.fed(Format.PNG, Optional.empty())).pages()).isEqualTo(1);
    }
  }

  @Test
  void blackAndWhiteIsDeflatedInPdf() throws Exception {
    saned.set(Map.of("test-picture", "\"Grid\""));
    try (LocalDevice device = open(Map.of());
        PDDocument pdf =
            Documents.pdf(device.run(Wanted.flat(Format.PDF, 254, Color.BLACK_WHITE)))) {
      PDImageXObject image =
          (PDImageXObject) pdf.getPage(0).getResources().getXObject(COSName.getPDFName("P"));
      assertThat(image.getBitsPerComponent()).isOne();
      assertThat(image.getImage().getRGB(50, 50) & 0xFFFFFF).isEqualTo(0xFFFFFF);
      assertThat(image.getImage().getRGB(150, 50) & 0xFFFFFF).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Format.class,
      names = {"JPEG", "PNG", "PDF"})
  void aPageWhoseHeightIsKnownAtItsEndOnly(Format format) throws Exception {
    saned.set(Map.of("hand-scanner", "true", "test-picture", "\"Solid white\""));
    try (LocalDevice device = open(Map.of())) {
      CapturedDocument captured = device.run(Wanted.flat(format, 100, Color.GRAY));
      assertThat(captured.width()).isEqualTo(433);
      assertThat(captured.height()).isGreaterThan(100);
      if (format != Format.PDF) {
        BufferedImage picture = Documents.picture(captured);
        assertThat(picture.getHeight()).isEqualTo(captured.height());
        assertThat(picture.getRGB(400, captured.height() - 1) & 0xFFFFFF).isEqualTo(0xFFFFFF);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void samplesOfSixteenBitsKeepTheirHighByte(boolean inverted) throws DeviceException {
    // The driver asks for 8 bits where it can; what is left are back ends of 16 alone.
    byte[] row = new byte[2];
    SaneParameters two = new SaneParameters(Raster.Pixel.GRAY, 16, 4, 2, OptionalInt.of(1));
    byte[] sent = {0, 0, 0, 4, 1, 2, 3, 4, -1, -1, -1, -1, 5};
    SaneFrame frame =
        new SaneFrame(new PlayedBytes(sent), two, inverted, Patience.until(Deadline.after(AMPLE)));
    assertThat(frame.next(row)).isTrue();
    assertThat(row).containsExactly(inverted ? new byte[] {2, 4} : new byte[] {1, 3});
    assertThat(frame.next(row)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "JAMMED, PAPER_JAM",
    "NO_DOCS, NO_DOCUMENT",
    "COVER_OPEN, COVER_OPEN",
    "DEVICE_BUSY, DEVICE_IN_USE",
    "ACCESS_DENIED, ACCESS_DENIED",
    "IO_ERROR, DEVICE_FAULT",
    "NO_MEM, DEVICE_FAULT",
    "INVAL, DEVICE_FAULT",
    "CANCELLED, DEVICE_FAULT",
    "UNSUPPORTED, UNSUPPORTED",
    "EOF, GARBLED",
  })
  void eachStatusHasItsErrorAndTheNextScanWorks(String status, ErrorCode code) throws Exception {
    try (LocalDevice device = open(Map.of())) {
      for (Source source : Source.values()) {
        saned.set(Map.of("read-status-code", "\"SANE_STATUS_" + status + "\""));
        demand(code, device, plain(source), AMPLE);
        saned.set(Map.of());
        assertThat(device.run(plain(source)).pages()).isPositive();
      }
    }
  }

  @Test
  void whatTheScannerCannotIsRefusedBeforeItMoves() throws Exception {
    try (LocalDevice device = open(Map.of())) {
      saned.set(Map.of("resolution_max", "300"));
      demand(ErrorCode.UNSUPPORTED, device, Wanted.flat(Format.PNG, 600, Color.COLOR), AMPLE);
      saned.set(Map.of("resolution_quant", "100", "resolution_min", "100"));
      demand(ErrorCode.UNSUPPORTED, device, Wanted.flat(Format.PNG, 150, Color.COLOR), AMPLE);
      demand(ErrorCode.UNSUPPORTED, device, Wanted.json("{\"layout\":\"CARD\"}"), AMPLE);
    }
    try (LocalDevice device = open(Map.of("feeder", "Tray 7"))) {
      demand(ErrorCode.UNSUPPORTED, device, plain(Source.FEEDER), AMPLE);
    }
    assertThatThrownBy(() -> open(Map.of("area", "A4")).close())
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED));
  }

  @Test
  void pagesOfTheFeederAreTurnedAndBecomeAnOfd() throws Exception {
    try (LocalDevice device = open(Map.of("area", "50x30"))) {
      CapturedDocument captured =
          device.run(
              Wanted.json(
                  "{\"format\":\"OFD\",\"source\":\"FEEDER\",\"pages\":2,\"dpi\":254,"
                      + "\"color\":\"GRAY\",\"rotate\":90}"),
              new TestCall(AMPLE));
      assertThat(captured.content().contentType()).isEqualTo("application/ofd");
      assertThat(captured.pages()).isEqualTo(2);
      assertThat(captured.width()).isEqualTo(300);
      assertThat(captured.height()).isEqualTo(500);
    }
  }

  @Test
  void theAreaAndTheNamesOfTheSourcesMayBeConfigured() throws Exception {
    try (LocalDevice device =
        open(
            Map.of("area", "50x30", "feeder", "Automatic Document Feeder", "flatbed", "Flatbed"))) {
      CapturedDocument captured = device.run(Wanted.flat(Format.PNG, 254, Color.GRAY));
      assertThat(captured.width()).isEqualTo(500);
      assertThat(captured.height()).isEqualTo(300);
      assertThat(device.run(Wanted.fed(Format.PDF, Optional.of(2))).pages()).isEqualTo(2);
    }
  }

  @Test
  void aScannerThatTheDaemonDoesNotKnowIsNotConnected() {
    assertThatThrownBy(
            () ->
                LocalDevice.open(
                        new SaneScannerDriver(), saned.connection().replace("test:0", "test:7"))
                    .close())
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_CONNECTED));
  }

  private static CaptureDocument plain(Source source) {
    return Wanted.of(
        Format.PDF, source, Optional.of(1), Optional.of(50), CaptureDocument.Color.GRAY);
  }

  static void demand(ErrorCode code, LocalDevice device, CaptureDocument wanted, Duration time) {
    assertThatThrownBy(() -> device.run(wanted, new TestCall(time)))
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }

  private LocalDevice open(Map<String, String> options) throws DeviceException {
    return LocalDevice.open(new SaneScannerDriver(), saned.connection(), options);
  }
}
