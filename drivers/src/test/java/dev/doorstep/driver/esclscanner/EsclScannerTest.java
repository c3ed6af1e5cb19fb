package dev.doorstep.driver.esclscanner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceHealth;
import dev.doorstep.driver.LocalDevice;
import dev.doorstep.driver.TestCall;
import dev.doorstep.driver.scan.Documents;
import dev.doorstep.driver.scan.Wanted;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.CaptureDocument.Color;
import dev.doorstep.protocol.operation.CaptureDocument.Format;
import dev.doorstep.protocol.operation.CaptureDocument.Source;
import dev.doorstep.protocol.operation.CapturedDocument;
import dev.doorstep.simulator.device.EsclScanner;
import dev.doorstep.simulator.device.ScannerFault;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EsclScannerTest {
  private static final Duration AMPLE = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(1500);
  private final EsclScanner scanner = EsclScanner.start(0);

  @BeforeEach
  void layAndFeed() {
    ImageIO.setUseCache(false);
    scanner.lay(Sheets.quarters());
    scanner.feed(Sheets.stack(3));
  }

  @AfterEach
  void close() {
    scanner.close();
  }

  @Test
  void whatLiesOnTheGlassComesAsTheScannersOwnJpeg() throws Exception {
    try (LocalDevice device = open(Map.of("area", "100x50"))) {
      CapturedDocument captured = device.run(Wanted.flat(Format.JPEG, 100, Color.COLOR));
      assertThat(captured.content().contentType()).isEqualTo("image/jpeg");
      BufferedImage picture = Documents.picture(captured);
      assertThat(captured.width()).isEqualTo(picture.getWidth()).isEqualTo(393);
      assertThat(captured.height()).isEqualTo(picture.getHeight()).isEqualTo(197);
      demandNear(picture.getRGB(50, 50), 0xFF0000);
      demandNear(picture.getRGB(350, 50), 0x00FF00);
      demandNear(picture.getRGB(50, 150), 0x0000FF);
      demandNear(picture.getRGB(350, 150), 0xFFFFFF);
    }
  }

  /** Somebody presses the scanner's button in the middle of a stack. */
  @Test
  void aJobThatIsEndedAtTheScannerWithSheetsLeftIsAFault() throws Exception {
    scanner.feed(Sheets.stack(40));
    try (LocalDevice device = open(Map.of("area", "210x297"))) {
      TestCall call = new TestCall(AMPLE);
      CompletableFuture<ErrorCode> end =
          device.failure(
              Wanted.of(Format.PDF, Source.FEEDER, Optional.empty(), Optional.of(300), Color.GRAY),
              call);
      await().until(() -> end.isDone() || call.notes().size() > 2);
      scanner.endJob();
      assertThat(end.get(20, TimeUnit.SECONDS)).isEqualTo(ErrorCode.DEVICE_FAULT);
      assertThat(scanner.sheets()).isPositive();
    }
  }

  @Test
  void greyIsGrey() throws Exception {
    try (LocalDevice device = open(Map.of("area", "100x50"))) {
      BufferedImage picture =
          Documents.picture(device.run(Wanted.flat(Format.JPEG, 75, Color.GRAY)));
      assertThat(picture.getColorModel().getNumComponents()).isOne();
    }
  }

  @Test
  void aPngAndAQualityAreMadeOfTheScannersJpeg() throws Exception {
    try (LocalDevice device = open(Map.of("area", "100x50"))) {
      CapturedDocument captured = device.run(Wanted.flat(Format.PNG, 100, Color.COLOR));
      assertThat(captured.content().contentType()).isEqualTo("image/png");
      demandNear(Documents.picture(captured).getRGB(350, 50), 0x00FF00);
      captured = device.run(Wanted.flat(Format.PNG, 75, Color.GRAY));
      assertThat(Documents.picture(captured).getColorModel().getNumComponents()).isOne();
      int fine = Documents.bytes(device.run(quality(95))).length;
      int coarse = Documents.bytes(device.run(quality(5))).length;
      assertThat(coarse).isLessThan(fine * 2 / 3);
    }
  }

  @Test
  void aSheetThatLiesAskewIsLevelledCutOutAndMadeBlackAndWhite() throws Exception {
    scanner.lay(Sheets.askew(4));
    try (LocalDevice device = open(Map.of("area", "210x297"))) {
      CapturedDocument captured =
          device.run(
              Wanted.json(
                  "{\"format\":\"PNG\",\"dpi\":100,\"crop\":true,\"color\":\"BLACK_WHITE\"}"),
              new TestCall(AMPLE));
      CapturedDocument.FoundPage page = captured.page().orElseThrow();
      assertThat(page.found()).isTrue();
      assertThat(page.skew()).isCloseTo(4, within(0.3));
      assertThat(captured.width()).isCloseTo(600, within(12));
      assertThat(captured.height()).isCloseTo(800, within(12));
      BufferedImage picture = Documents.picture(captured);
      assertThat(picture.getColorModel().getPixelSize()).isOne();
      assertThat(picture.getRGB(300, 400) & 0xFF).isZero();
      assertThat(picture.getRGB(60, 400) & 0xFF).isEqualTo(0xFF);
    }
  }

  @Test
  void theFeederIsReadToItsEndIntoOnePdfOfTrueSize() throws Exception {
    try (LocalDevice device = open(Map.of("area", "210x297"))) {
      TestCall call = new TestCall(AMPLE);
      CapturedDocument captured = device.run(fed(Format.PDF, Optional.empty()), call);
      assertThat(captured.pages()).isEqualTo(3);
      assertThat(call.acts()).isOne();
      assertThat(call.notes())
          .containsExactly(
              "scanning page 1", "scanning page 2", "scanning page 3", "scanning page 4");
      try (PDDocument pdf = Documents.pdf(captured)) {
        assertThat(pdf.getNumberOfPages()).isEqualTo(3);
        assertThat(pdf.getPage(2).getMediaBox().getWidth() / 72 * 25.4).isCloseTo(210, within(0.5));
        assertThat(pdf.getPage(2).getMediaBox().getHeight() / 72 * 25.4)
            .isCloseTo(297, within(0.5));
      }
      assertThat(scanner.sheets()).isZero();
      assertThat(scanner.scanning()).isFalse();
      demand(ErrorCode.NO_DOCUMENT, device, fed(Format.PDF, Optional.empty()), AMPLE);
    }
  }

  @Test
  void asManyPagesAsAskedAreTakenAndTheRestStays() throws Exception {
    try (LocalDevice device = open(Map.of("area", "100x50"))) {
      assertThat(device.run(fed(Format.PDF, Optional.of(2))).pages()).isEqualTo(2);
      assertThat(scanner.sheets()).isOne();
      assertThat(scanner.scanning()).isFalse();
      assertThat(device.run(fed(Format.JPEG, Optional.empty())).pages()).isOne();
    }
  }

  @Test
  void itSaysWhatItIsAndWhatIsInTheWay() throws Exception {
    try (LocalDevice device = open(Map.of())) {
      DeviceHealth health = device.device().probe(Deadline.after(AMPLE));
      assertThat(health.model()).contains("Doorstep Simulated Scanner");
      assertThat(health.serial()).contains("SIM-0042");
      assertThat(health.cause()).isEmpty();
      scanner.fault(ScannerFault.JAM);
      assertThat(device.device().probe(Deadline.after(AMPLE)).cause().orElseThrow().code())
          .hasToString("PAPER_JAM");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "JAM, FEEDER, PAPER_JAM",
    "DOOR_OPEN, FEEDER, COVER_OPEN",
    "BUSY, FLAT, DEVICE_IN_USE",
    "DENIED, FLAT, ACCESS_DENIED",
    "SILENT, FLAT, TIMEOUT",
    "SLOW, FLAT, TIMEOUT",
    "CUT, FLAT, DISCONNECTED",
    "STALL, FLAT, TIMEOUT",
    "TOO_FEW_BYTES, FLAT, DISCONNECTED",
    "ENDLESS, FLAT, DOCUMENT_TOO_LARGE",
    "NOT_A_PICTURE, FLAT, GARBLED",
    "HUGE_PICTURE, FLAT, GARBLED",
    "BAD_XML, FEEDER, GARBLED",
    "ENTITIES, FEEDER, GARBLED",
    "ENDLESS_XML, FEEDER, GARBLED",
    "NO_HTTP, FLAT, GARBLED",
    "FORGETS_JOBS, FLAT, DEVICE_FAULT",
    "NO_LOCATION, FLAT, GARBLED",
    "DEFECT, FEEDER, DEVICE_FAULT",
    "GONE, FLAT, NOT_CONNECTED",
  })
  void eachFaultHasItsErrorWithinTheDeadlineAndTheNextScanWorks(
      ScannerFault fault, Source source, ErrorCode code) throws Exception {
    try (LocalDevice device = open(Map.of("area", "100x50"))) {
      scanner.fault(fault);
      Duration time = code == ErrorCode.TIMEOUT ? SHORT : AMPLE;
      Deadline end = Deadline.after(time.plusSeconds(2));
      demand(code, device, wanted(source), time);
      assertThat(end.expired()).isFalse();
      scanner.clear();
      if (code == ErrorCode.TIMEOUT) {
        scanner.stop(); // it has not heard that the job is over
        scanner.start();
      }
      await().atMost(AMPLE).until(() -> !scanner.scanning());
      assertThat(device.run(wanted(source)).pages()).isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ScannerFault.class,
      names = {"BAD_XML", "ENTITIES", "ENDLESS_XML", "NO_HTTP", "DENIED"})
  void whatIsNoScannerIsNotOpened(ScannerFault fault) {
    scanner.fault(fault);
    assertThatThrownBy(() -> open(Map.of()).close())
        .isInstanceOfSatisfying(
            DeviceException.class,
            e ->
                assertThat(e.code())
                    .isEqualTo(
                        fault == ScannerFault.DENIED
                            ? ErrorCode.ACCESS_DENIED
                            : ErrorCode.GARBLED));
    assertThatThrownBy(
            () ->
                LocalDevice.open(new EsclScannerDriver(), "escl:" + scanner.url() + "/no").close())
        .isInstanceOf(DeviceException.class);
  }

  @Test
  void aJamAfterSomePagesIsToldAndTheRestIsReadOnceItIsCleared() throws Exception {
    try (LocalDevice device = open(Map.of("area", "100x50"))) {
      scanner.fault(ScannerFault.SECOND_SHEET_JAMS);
      demand(ErrorCode.PAPER_JAM, device, fed(Format.PDF, Optional.empty()), AMPLE);
      assertThat(scanner.sheets()).isEqualTo(2);
      scanner.clear();
      scanner.feed(Sheets.stack(2));
      assertThat(device.run(fed(Format.PDF, Optional.empty())).pages()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ScannerFault.class,
      names = {"SILENT", "SLOW", "STALL"})
  void cancellingEndsTheWaitAndTheNextScanWorks(ScannerFault fault) throws Exception {
    try (LocalDevice device = open(Map.of("area", "100x50"))) {
      scanner.fault(fault);
      TestCall call = new TestCall(AMPLE);
      CompletableFuture<ErrorCode> scanning =
          CompletableFuture.supplyAsync(() -> code(device, wanted(Source.FLAT), call));
      if (fault != ScannerFault.SILENT) {
        await().atMost(AMPLE).until(scanner::scanning);
      }
      call.cancel();
      await().atMost(Duration.ofSeconds(6)).until(scanning::isDone);
      assertThat(scanning.get()).isEqualTo(ErrorCode.STOPPING);
      if (fault == ScannerFault.SILENT) {
        scanner.stop(); // it may have heard of a job whose place nobody was told
      }
      scanner.clear();
      await().atMost(AMPLE).until(() -> !scanner.scanning());
      assertThat(device.run(wanted(Source.FLAT)).pages()).isOne();
    }
  }

  @Test
  void whatTheScannerCannotIsRefusedBeforeItMoves() throws Exception {
    try (LocalDevice device = open(Map.of())) {
      for (CaptureDocument wanted :
          List.of(
              Wanted.flat(Format.JPEG, 150, Color.COLOR), Wanted.json("{\"layout\":\"CARD\"}"))) {
        demand(ErrorCode.UNSUPPORTED, device, wanted, AMPLE);
      }
      assertThat(scanner.sheets()).isEqualTo(3);
    }
  }

  private static CaptureDocument quality(int quality) {
    return Wanted.json("{\"dpi\":100,\"quality\":" + quality + "}");
  }

  private static CaptureDocument wanted(Source source) {
    return Wanted.of(
        Format.PDF,
        source,
        source == Source.FLAT ? Optional.empty() : Optional.of(1),
        Optional.of(75),
        Color.COLOR);
  }

  private static CaptureDocument fed(Format format, Optional<Integer> pages) {
    return Wanted.of(format, Source.FEEDER, pages, Optional.of(75), Color.COLOR);
  }

  /** How it ended; INTERNAL if it succeeded. */
  private static ErrorCode code(LocalDevice device, CaptureDocument wanted, TestCall call) {
    try {
      device.run(wanted, call);
      return ErrorCode.INTERNAL;
    } catch (DeviceException e) {
      return e.code();
    }
  }

  private static void demand(
      ErrorCode code, LocalDevice device, CaptureDocument wanted, Duration time) {
    assertThatThrownBy(() -> device.run(wanted, new TestCall(time)))
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }

  private static void demandNear(int rgb, int expected) {
    for (int shift = 0; shift <= 16; shift += 8) {
      assertThat(rgb >> shift & 0xFF).isCloseTo(expected >> shift & 0xFF, within(12));
    }
  }

  private LocalDevice open(Map<String, String> options) throws DeviceException {
    return LocalDevice.open(new EsclScannerDriver(), "escl:" + scanner.url(), options);
  }
}
