package dev.doorstep.driver.escpos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.escpos.PrinterModel.Meaning;
import dev.doorstep.protocol.operation.PrintTicket;
import dev.doorstep.protocol.operation.TicketLine;
import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TicketBytesTest {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  @Test
  void textAndQrByTheManual() throws DeviceException {
    PrintTicket ticket =
        new PrintTicket(
            List.of(
                new TicketLine(
                    Optional.of("A汉"),
                    Optional.empty(),
                    TicketLine.Align.RIGHT,
                    Optional.of(2),
                    true),
                TicketLine.qr("A042")),
            PrintTicket.Cut.PARTIAL);

    byte[] bytes = TicketBytes.of(ticket, Charset.forName("GB18030"));

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
  void noCommandAndNoDataLooksLikeARealTimeCommand() throws DeviceException {
    for (int length = 1; length <= 700; length++) {
      PrintTicket ticket =
          new PrintTicket(List.of(TicketLine.qr("4".repeat(length))), PrintTicket.Cut.FULL);
      String hex = HEX.formatHex(TicketBytes.of(ticket, Charset.forName("GB18030")));
      assertThat(hex).doesNotContain("10 04", "10 05", "10 14");
    }
  }

  @Test
  void theModelsAreThoseOfTheTable() {
    assertThat(PrinterModel.names()).containsExactly("epson-tm", "kiosk-presenter", "write-only");
    assertThat(PrinterModel.named("typewriter")).isEmpty();
    PrinterModel epson = PrinterModel.named(PrinterModel.DEFAULT).orElseThrow();
    assertThat(epson.signs())
        .hasSize(10)
        .contains(new PrinterModel.Sign(4, 0x60, Meaning.OUT_OF_PAPER));
    assertThat(epson.clearing()).startsWith(0x10, 0x14, 0x08).hasSize(10);
    assertThat(PrinterModel.named("write-only").orElseThrow().signs()).isEmpty();
  }
}
