package dev.doorstep.driver.escpos;

import static dev.doorstep.protocol.operation.Barcode.Symbology.CODE_128;
import static dev.doorstep.protocol.operation.Barcode.Symbology.CODE_39;
import static dev.doorstep.protocol.operation.Barcode.Symbology.EAN_13;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.TestCall;
import dev.doorstep.driver.escpos.PrinterModel.Meaning;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.Barcode;
import dev.doorstep.protocol.operation.PrintTicket;
import dev.doorstep.protocol.operation.TicketLine;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TicketBytesTest {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
  private static final PrinterModel EPSON = PrinterModel.named("epson-tm").orElseThrow();

  @Test
  void textAndQrByTheManual() throws DeviceException {
    PrintTicket ticket =
        new PrintTicket(
            List.of(
                new TicketLine(
                    Optional.of("A汉"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    TicketLine.Align.RIGHT,
                    Optional.of(2),
                    true),
                TicketLine.qr("A042")),
            PrintTicket.Cut.PARTIAL);

    byte[] bytes = TicketBytes.of(ticket, EPSON, new TestCall(Duration.ofSeconds(5)));

    assertThat(HEX.formatHex(bytes))
        .isEqualTo(
            "1b 40 1d 61 00 1c 26"
                + " 1b 61 02 1d 21 11 1b 45 01 41 ba ba 0a"
                + " 1b 61 01 1d 28 6b 04 00 31 41 32 00 1d 28 6b 03 00 31 43 06"
                + " 1d 28 6b 03 00 31 45 31 1d 28 6b 07 00 31 50 30 41 30 34 32"
                + " 1d 28 6b 03 00 31 51 30"
                + " 1b 64 04 1d 56 01");
  }

  @Test
  void aBarCodeByTheManual() throws DeviceException {
    assertThat(HEX.formatHex(TicketBarcode.of(new Barcode(CODE_128, "A{1"), 2, 576, "")))
        .isEqualTo("1d 68 50 1d 77 02 1d 48 02 1d 6b 49 06 7b 42 41 7b 7b 31");
    assertThat(HEX.formatHex(TicketBarcode.of(new Barcode(EAN_13, "690123456789"), 3, 576, "")))
        .isEqualTo("1d 68 50 1d 77 03 1d 48 02 1d 6b 43 0c 36 39 30 31 32 33 34 35 36 37 38 39");
    assertThat(HEX.formatHex(TicketBarcode.of(new Barcode(CODE_39, "A 1"), 2, 576, "")))
        .isEqualTo("1d 68 50 1d 77 02 1d 48 02 1d 6b 45 03 41 20 31");
  }

  @Test
  void noCommandAndNoDataLooksLikeARealTimeCommand() throws DeviceException {
    for (int length = 1; length <= 700; length++) {
      PrintTicket ticket =
          new PrintTicket(List.of(TicketLine.qr("4".repeat(length))), PrintTicket.Cut.FULL);
      String hex =
          HEX.formatHex(TicketBytes.of(ticket, EPSON, new TestCall(Duration.ofSeconds(5))));
      assertThat(hex).doesNotContain("10 04", "10 05", "10 14");
    }
  }

  /** A code that is wider than the paper is not printed, and the printer says nothing of it. */
  @Test
  void aQrCodeFitsThePaperOrIsRefused() throws DeviceException {
    PrinterModel narrow = PrinterModel.named("narrow-58").orElseThrow();
    assertThat(module(TicketLine.qr("A042"), narrow)).isEqualTo("06");
    assertThat(module(TicketLine.qr("x".repeat(251)), narrow)).as("61 modules").isEqualTo("06");
    assertThat(module(TicketLine.qr("x".repeat(252)), narrow)).as("65 modules").isEqualTo("05");
    assertThat(module(TicketLine.qr("x".repeat(700)), narrow)).as("101 modules").isEqualTo("03");
    assertThat(module(qr(62, 16), EPSON)).as("33 modules, 528 dots").isEqualTo("10");
    assertThatThrownBy(() -> module(qr(63, 16), EPSON))
        .isInstanceOfSatisfying(
            DeviceException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PARAMETERS))
        .hasMessageContaining("is 592 dots wide and the paper 576");
  }

  private static TicketLine qr(int length, int size) {
    return new TicketLine(
        Optional.empty(),
        Optional.of("x".repeat(length)),
        Optional.empty(),
        Optional.empty(),
        TicketLine.Align.LEFT,
        Optional.of(size),
        false);
  }

  /** The dots of a module, in hexadecimal digits. */
  private static String module(TicketLine line, PrinterModel model) throws DeviceException {
    PrintTicket ticket = new PrintTicket(List.of(line), PrintTicket.Cut.FULL);
    String hex = HEX.formatHex(TicketBytes.of(ticket, model, new TestCall(Duration.ofSeconds(5))));
    String command = "1d 28 6b 03 00 31 43 ";
    int at = hex.indexOf(command) + command.length();
    return hex.substring(at, at + 2);
  }

  @Test
  void theModelsAreThoseOfTheTable() {
    assertThat(PrinterModel.names())
        .containsExactly("epson-tm", "kiosk-presenter", "narrow-58", "write-only");
    assertThat(PrinterModel.named("narrow-58").orElseThrow().dots()).isEqualTo(384);
    assertThat(EPSON.dots()).isEqualTo(576);
    assertThat(PrinterModel.named("typewriter")).isEmpty();
    PrinterModel epson = PrinterModel.named(PrinterModel.DEFAULT).orElseThrow();
    assertThat(epson.signs())
        .hasSize(10)
        .contains(new PrinterModel.Sign(4, 0x60, Meaning.OUT_OF_PAPER));
    assertThat(epson.clearing()).startsWith(0x10, 0x14, 0x08).hasSize(10);
    assertThat(PrinterModel.named("write-only").orElseThrow().signs()).isEmpty();
  }
}
