package dev.doorstep.driver.ippprinter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceHealth;
import dev.doorstep.driver.LocalDevice;
import dev.doorstep.driver.TestCall;
import dev.doorstep.driver.paper.Documents;
import dev.doorstep.driver.paper.PwgPages;
import dev.doorstep.driver.realprinter.EvePrinter;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.DeviceStatus.Supply;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.operation.PrintDocument;
import dev.doorstep.protocol.operation.PrintDocument.Color;
import dev.doorstep.protocol.operation.PrintDocument.Duplex;
import dev.doorstep.protocol.operation.Printed;
import dev.doorstep.simulator.testing.RealComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prints on {@code ippeveprinter}, and looks at what arrived there. */
@RealComponent("ippeveprinter")
@RealComponent("dbus-daemon")
class EvePrinterTest {
  private static final Duration AMPLE = Duration.ofSeconds(30);

  @TempDir Path folder;

  private static Printed print(EvePrinter printer, PrintDocument document) throws Exception {
    try (LocalDevice device = LocalDevice.open(new IppPrinterDriver(), printer.connection())) {
      return device.run(document, new TestCall(AMPLE));
    }
  }

  private static PrintDocument pages(byte[] pdf, String pages) {
    return new PrintDocument(
        Content.of("application/pdf", pdf),
        Optional.empty(),
        Duplex.ONE_SIDED,
        Optional.empty(),
        Optional.of(pages),
        Optional.empty());
  }

  @Test
  void aPdfArrivesAsItIs() throws Exception {
    byte[] pdf = Documents.pdf(3);
    try (EvePrinter printer = EvePrinter.start(folder, EvePrinter.ALL_FORMATS, "-2")) {
      Printed printed =
          print(
              printer,
              new PrintDocument(
                  Content.of("application/pdf", pdf),
                  Optional.of(2),
                  Duplex.LONG_EDGE,
                  Optional.of("iso_a4_210x297mm"),
                  Optional.of("1-2"),
                  Optional.of(Color.GRAY)));
      assertThat(printed)
          .isEqualTo(new Printed(OpenEnum.of(Printed.State.PRINTED), Optional.of(2)));
      assertThat(printer.onlyDocument()).isEqualTo(pdf);
      assertThat(printer.lastJob())
          .startsWith("application/pdf\n")
          .contains("IPP_COPIES=2\n")
          .contains("IPP_SIDES=two-sided-long-edge\n")
          .contains("IPP_MEDIA=iso_a4_210x297mm\n")
          .contains("IPP_PAGE_RANGES=1-2\n")
          .contains("IPP_PRINT_COLOR_MODE=monochrome\n");
    }
  }

  @Test
  void tellsWhatItIsAndWhatItHas() throws Exception {
    try (EvePrinter printer = EvePrinter.start(folder, EvePrinter.ALL_FORMATS, "-s", "10,5");
        LocalDevice device = LocalDevice.open(new IppPrinterDriver(), printer.connection())) {
      printer.black(5);
      DeviceHealth health = device.device().probe(Deadline.after(AMPLE));
      assertThat(health.model()).contains("Example Printer");
      assertThat(health.supplies())
          .contains(
              new Supply("paper", OpenEnum.of(Supply.Level.OK)),
              new Supply("Black Ink", OpenEnum.of(Supply.Level.LOW)));
    }
  }

  @Test
  void aTextOfAsciiArrivesAsItIs() throws Exception {
    byte[] text = "Notice 42\n".getBytes(StandardCharsets.US_ASCII);
    try (EvePrinter printer = EvePrinter.start(folder, EvePrinter.ALL_FORMATS)) {
      Printed printed = print(printer, PrintDocument.plain(Content.of("text/plain", text)));
      assertThat(printed).isEqualTo(Printed.of(Printed.State.PRINTED));
      assertThat(printer.onlyDocument()).isEqualTo(text);
    }
  }

  @Test
  void pagesArePickedForAPrinterOfPictures() throws Exception {
    try (EvePrinter printer = EvePrinter.start(folder, "image/pwg-raster")) {
      Printed printed = print(printer, pages(Documents.pdf(5), "2-3,5"));
      assertThat(printed.pages()).contains(3);
      assertThat(PwgPages.of(printer.onlyDocument())).hasSize(3);
    }
  }
}
