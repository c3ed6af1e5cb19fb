package dev.doorstep.simulator.device;

import static dev.doorstep.simulator.device.Samples.ascii;
import static dev.doorstep.simulator.device.Samples.chinese;
import static dev.doorstep.simulator.device.Samples.hex;
import static dev.doorstep.simulator.device.Samples.join;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.MultiFormatReader;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EscPosPrinterTest {

  private static final byte[] CUT = hex("1d 56 00");

  private final EscPosPrinter printer = new EscPosPrinter();
  private final RecordingWire wire = new RecordingWire();

  private void print(byte[]... parts) {
    printer.received(join(parts), wire);
  }

  private Ticket onlyTicket() {
    assertThat(printer.tickets()).hasSize(1);
    return printer.tickets().get(0);
  }

  private static String readQr(BufferedImage image) throws Exception {
    int w = image.getWidth();
    int h = image.getHeight();
    RGBLuminanceSource source = new RGBLuminanceSource(w, h, image.getRGB(0, 0, w, h, null, 0, w));
    return new QRCodeReader()
        .decode(
            new BinaryBitmap(new HybridBinarizer(source)), Map.of(DecodeHintType.TRY_HARDER, true))
        .getText();
  }

  private static boolean inked(BufferedImage image, int x, int y, int width, int height) {
    for (int row = y; row < y + height; row++) {
      for (int column = x; column < x + width; column++) {
        if ((image.getRGB(column, row) & 0xFF) < 128) {
          return true;
        }
      }
    }
    return false;
  }

  private byte[] visitTicket() {
    return join(
        hex("1b40 1c26 1b6101 1d2111"),
        chinese("石门二路居委会\n"),
        hex("1d2100 1b4501"),
        chinese("取号凭证 A042\n"),
        hex("1b4500 1b6100"),
        chinese("事项：居住登记（样本）\n时间：2026-01-01 09:30\n\n"),
        hex("1b6101"),
        Samples.qr("https://example.org/visit/2026-0042".getBytes(StandardCharsets.UTF_8)),
        chinese("\n谢谢！ Thank you!\n"),
        hex("1d5642 30"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64, 10_000})
  void aWholeTicketInPiecesOfAnySize(int size) throws Exception {
    Samples.inPieces(visitTicket(), size, wire, printer::received);

    Ticket ticket = onlyTicket();
    assertThat(ticket.text())
        .isEqualTo("石门二路居委会\n取号凭证 A042\n事项：居住登记（样本）\n时间：2026-01-01 09:30\n\n\n谢谢！ Thank you!");
    assertThat(ticket.image().getWidth()).isEqualTo(576);
    assertThat(readQr(ticket.image())).isEqualTo("https://example.org/visit/2026-0042");
  }

  @Test
  void aPhoneReadsAQrCodeWithChineseText() throws Exception {
    print(Samples.qr("居住证明 样本".getBytes(StandardCharsets.UTF_8)), CUT);

    assertThat(readQr(onlyTicket().image())).isEqualTo("居住证明 样本");
  }

  @Test
  void theThreeCutsEachGiveATicket() {
    print(ascii("one\n"), hex("1d5600"), ascii("two\n"), hex("1d5601"));
    print(ascii("three\n"), hex("1d564240"));

    assertThat(printer.tickets()).extracting(Ticket::text).containsExactly("one", "two", "three");
    assertThat(printer.tickets().get(2).image().getHeight())
        .isEqualTo(printer.tickets().get(0).image().getHeight() + 0x40);
  }

  @Test
  void alignmentMovesTheInk() {
    print(hex("1b6102"), ascii("##\n"), CUT);

    BufferedImage image = onlyTicket().image();
    assertThat(inked(image, 0, 0, 576 - 24, image.getHeight())).isFalse();
    assertThat(inked(image, 576 - 24, 0, 24, image.getHeight())).isTrue();
  }

  @Test
  void sizesMakeCharactersWiderAndHigher() {
    print(hex("1d2131"), ascii("#\n"), CUT);

    BufferedImage image = onlyTicket().image();
    assertThat(inked(image, 30, 24, 18, 48)).as("four times as wide").isTrue();
    assertThat(inked(image, 48, 0, 500, image.getHeight())).as("and no wider").isFalse();
    assertThat(inked(image, 0, 24, 48, 24)).as("twice as high").isTrue();
  }

  @Test
  void aLineThatIsTooLongGoesOnInTheNext() {
    print(ascii("x".repeat(60) + "\n"), CUT);

    assertThat(onlyTicket().text()).isEqualTo("x".repeat(48) + "\n" + "x".repeat(12));
  }

  @Test
  void chineseIsPrintedOnlyWhenItIsOn() {
    print(hex("1b40"), chinese("满意\n"), hex("1c26"), chinese("满意𠮷\n"), hex("1c2e"));
    print(chinese("满\n"), CUT);

    assertThat(onlyTicket().text()).isEqualTo("????\n满意𠮷\n??");
  }

  @Test
  void aRasterIsDrawnWithItsLeftDotInTheHighestBit() {
    print(hex("1d763000 0200 0200 8001 0000"), CUT);

    BufferedImage image = onlyTicket().image();
    assertThat(inked(image, 0, 24, 1, 1)).isTrue();
    assertThat(inked(image, 15, 24, 1, 1)).isTrue();
    assertThat(inked(image, 1, 24, 14, 2)).isFalse();
  }

  @Test
  void aRasterOfUnreasonableSizeIsLeftOut() {
    print(hex("1d763000 ffff ffff"), ascii("after\n"), CUT);

    assertThat(onlyTicket().text()).isEqualTo("after");
  }

  @Test
  void aTicketThatWouldNeverEndIsTornOff() {
    for (int i = 0; i < 3; i++) {
      print(hex("1b64ff"));
    }

    assertThat(printer.tickets()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "OK, 12 12 12 12",
    "NEAR_END, 12 12 12 1e",
    "END, 1a 32 12 72",
  })
  void realTimeStatusOfThePaper(Paper paper, String answers) {
    printer.paper(paper);

    print(hex("100401 100402 100403 100404"));

    assertThat(wire.hex()).isEqualTo(answers);
  }

  @Test
  void realTimeStatusOfCoverAndCutter() {
    printer.coverOpen(true);
    print(hex("100401 100402 100403 100404"));
    assertThat(wire.hex()).isEqualTo("1a 16 12 12");

    printer.coverOpen(false);
    printer.cutterError(true);
    print(hex("100401 100402 100403 100404"));
    assertThat(wire.hex()).isEqualTo("1a 52 1a 12");
  }

  @Test
  void realTimeStatusIsAnsweredWhereverTheLineCutsIt() {
    Samples.inPieces(hex("1b40 100404 1004"), 1, wire, printer::received);
    assertThat(wire.hex()).isEqualTo("12");

    print(hex("01"));
    assertThat(wire.hex()).isEqualTo("12");
  }

  @Test
  void realTimeStatusIsAnsweredInsideAPictureToo() {
    print(hex("1d763000 0300 0100 10"), hex("04"), hex("04"), CUT);

    assertThat(wire.hex()).isEqualTo("12");
    assertThat(inked(onlyTicket().image(), 3, 24, 1, 1)).isTrue();
  }

  @Test
  void automaticStatusTellsEachChange() {
    printer.connected(wire);
    print(hex("1d61ff"));
    printer.coverOpen(true);
    printer.coverOpen(false);
    printer.paper(Paper.NEAR_END);
    printer.paper(Paper.END);

    assertThat(wire.pieces())
        .isEqualTo(
            List.of("10 00 00 00", "38 00 00 00", "10 00 00 00", "10 00 03 00", "18 00 0c 00"));
  }

  @Test
  void whatArrivesWithoutPaperWaits() {
    printer.paper(Paper.END);
    print(ascii("late\n"), CUT, hex("100404"));
    assertThat(printer.tickets()).isEmpty();
    assertThat(wire.hex()).isEqualTo("72");

    printer.paper(Paper.OK);
    assertThat(onlyTicket().text()).isEqualTo("late");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64})
  void whatWaitsIsForgottenWhenItIsCleared(int size) {
    printer.paper(Paper.END);
    byte[] job =
        join(ascii("void\n"), CUT, hex("1d7201 10140801031401060208"), ascii("new\n"), CUT);
    Samples.inPieces(job, size, wire, printer::received);
    assertThat(wire.hex()).isEqualTo("37 25 00");

    printer.paper(Paper.OK);
    assertThat(onlyTicket().text()).isEqualTo("new");
  }

  @Test
  void whatArrivedUnderAnOpenCoverIsPrintedEvenWhenTheConnectionHasEnded() {
    printer.coverOpen(true);
    print(ascii("first\n"), CUT, hex("1d286b"));
    printer.disconnected(wire);
    print(ascii("second\n"), CUT);

    printer.coverOpen(false);

    assertThat(printer.tickets()).extracting(Ticket::text).containsExactly("first", "second");
  }

  @Test
  void aClosedConnectionEndsTheJob() {
    print(ascii("hanging\n"), hex("1d286bff"));
    printer.disconnected(wire);
    print(ascii("next\n"), CUT);

    assertThat(onlyTicket().text()).isEqualTo("hanging\nnext");
  }

  @Test
  void paperStatusInTurnComesWhenWhatStandsBeforeItIsPrinted() {
    printer.coverOpen(true);
    print(ascii("x\n"), hex("1d7201"));
    assertThat(wire.hex()).isEmpty();

    printer.connected(wire);
    printer.coverOpen(false);
    assertThat(wire.hex()).isEqualTo("00");
  }

  @Test
  void zerosAndUnknownCommandsDoNoHarm() {
    print(new byte[8192], hex("1b 99"), hex("1b7400 1d4200 1b70003232"), ascii("ok\n"), CUT);

    assertThat(onlyTicket().text()).isEqualTo("ok");
  }

  @Test
  void aPrinterThatIsFloodedWithoutPaperHangsUp() {
    printer.paper(Paper.END);
    for (int i = 0; i < 5 && wire.open(); i++) {
      print(new byte[1 << 20]);
    }

    assertThat(wire.open()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "1d 6b 43 0c 36 39 30 31 32 33 34 35 36 37 38 39, 6901234567892",
    "1d 6b 02 36 39 30 31 32 33 34 35 36 37 38 39 00, 6901234567892",
    "1d 6b 45 03 41 2d 31, A-1",
    "1d 6b 04 41 2d 31 00, A-1",
    "1d 6b 49 06 7b 42 41 7b 7b 31, A{1",
  })
  void aBarCodeIsOnThePaper(String command, String says) throws Exception {
    print(hex("1b 61 01 1d 68 50 1d 77 02 1d 48 02"), hex(command), CUT);
    BufferedImage image = onlyTicket().image();
    int w = image.getWidth();
    int h = image.getHeight();
    RGBLuminanceSource source = new RGBLuminanceSource(w, h, image.getRGB(0, 0, w, h, null, 0, w));
    assertThat(
            new MultiFormatReader()
                .decode(
                    new BinaryBitmap(new HybridBinarizer(source)),
                    Map.of(DecodeHintType.TRY_HARDER, true))
                .getText())
        .isEqualTo(says);
  }

  @Test
  void aBarCodeThatIsTooWideOrNoneIsLeftOut() {
    print(hex("1d 77 06 1d 6b 45 14 " + "41 ".repeat(20).strip()), CUT);
    print(hex("1d 6b 43 02 41 41"), CUT);
    assertThat(printer.tickets())
        .hasSize(2)
        .allSatisfy(t -> assertThat(inked(t.image(), 0, 0, 576, t.image().getHeight())).isFalse());
  }
}
