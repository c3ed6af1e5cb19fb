package dev.doorstep.driver.escpos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.MultiFormatReader;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.Result;
import com.google.zxing.common.HybridBinarizer;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.LocalDevice;
import dev.doorstep.driver.TestCall;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.Barcode;
import dev.doorstep.protocol.operation.Barcode.Symbology;
import dev.doorstep.protocol.operation.PrintTicket;
import dev.doorstep.protocol.operation.Printed;
import dev.doorstep.protocol.operation.TicketLine;
import dev.doorstep.simulator.device.EscPosPrinter;
import dev.doorstep.simulator.device.TcpWire;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bar codes and pictures, read off the paper again. */
class TicketPicturesTest {
  private static final int PAPER = 576;
  private final EscPosPrinter printer = new EscPosPrinter();
  private final TcpWire wire = TcpWire.serve(printer, 0);

  @AfterEach
  void close() {
    wire.close();
  }

  @ParameterizedTest
  @CsvSource({
    "CODE_128, CODE_128, 'A042 {b}~', 'A042 {b}~'",
    "CODE_39,  CODE_39,  'A-042 $/+%.', 'A-042 $/+%.'",
    "EAN_13,   EAN_13,   6901234567892, 6901234567892",
    "EAN_13,   EAN_13,   690123456789,  6901234567892",
  })
  void aBarCodeIsReadOffThePaper(
      Symbology symbology, BarcodeFormat format, String text, String read) throws Exception {
    BufferedImage paper = print(TicketLine.barcode(new Barcode(symbology, text)));
    Result found = decode(paper);
    assertThat(found.getBarcodeFormat()).isEqualTo(format);
    assertThat(found.getText()).isEqualTo(read);
  }

  @Test
  void aBarCodeThatIsWiderThanThePaperIsRefused() throws DeviceException {
    TicketLine line = TicketLine.barcode(new Barcode(Symbology.CODE_128, "A".repeat(30)));
    demand(ErrorCode.INVALID_PARAMETERS, "is 730 dots wide and the paper 576", line);
  }

  @Test
  void aPictureInBlackAndWhiteIsPrintedDotForPixel() throws Exception {
    BufferedImage picture = blank(200, 150);
    for (int y = 0; y < 150; y++) {
      for (int x = 0; x < 200; x++) {
        if ((x / 16 + y / 10) % 2 == 0) {
          picture.setRGB(x, y, 0);
        }
      }
    }
    for (String form : List.of("png", "jpeg")) {
      BufferedImage paper = print(TicketLine.image(content(picture, form)));
      int left = (PAPER - 200) / 2;
      int top = firstBlackRow(paper);
      int different = 0;
      for (int y = 0; y < 150; y++) {
        for (int x = 0; x < 200; x++) {
          different += black(paper, left + x, top + y) == black(picture, x, y) ? 0 : 1;
        }
      }
      assertThat(different).as(form).isLessThan(form.equals("png") ? 1 : 600);
    }
  }

  @ParameterizedTest
  @CsvSource({"2000, 100, , 576", "300, 100, 8, 576", "300, 100, 4, 288", "40, 40, , 40"})
  void aPictureIsAsWideAsItIsToBe(int width, int height, Integer size, int dots) throws Exception {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    TicketLine line =
        new TicketLine(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(content(picture, "png")),
            TicketLine.Align.LEFT,
            Optional.ofNullable(size),
            false);
    BufferedImage paper = print(line);
    int row = firstBlackRow(paper) + 2;
    int inked = 0;
    while (inked < PAPER && black(paper, inked, row)) {
      inked++;
    }
    assertThat(inked).isEqualTo(dots);
  }

  @Test
  void greyBecomesAsManyDotsAsItIsDark() throws Exception {
    BufferedImage picture = blank(512, 128);
    Graphics2D g = picture.createGraphics();
    g.setPaint(new GradientPaint(0, 0, Color.BLACK, 512, 0, Color.WHITE));
    g.fillRect(0, 0, 512, 128);
    g.dispose();
    BufferedImage paper = print(TicketLine.image(content(picture, "png")));
    int left = (PAPER - 512) / 2;
    int top = firstBlackRow(paper);
    for (int part = 0; part < 8; part++) {
      int dots = 0;
      for (int x = part * 64; x < part * 64 + 64; x++) {
        for (int y = 0; y < 128; y++) {
          dots += black(paper, left + x, top + y) ? 1 : 0;
        }
      }
      double dark = 1 - (part * 64 + 32) / 512.0;
      assertThat(dots / (64.0 * 128)).as("part %d", part).isBetween(dark - 0.06, dark + 0.06);
    }
  }

  @Test
  void whatIsTransparentIsPaper() throws Exception {
    BufferedImage picture = new BufferedImage(64, 64, BufferedImage.TYPE_INT_ARGB);
    picture.setRGB(0, 0, 0xFF000000);
    BufferedImage paper = print(TicketLine.image(content(picture, "png")));
    int top = firstBlackRow(paper);
    int left = (PAPER - 64) / 2;
    assertThat(black(paper, left, top)).isTrue();
    assertThat(black(paper, left + 1, top)).isFalse();
    assertThat(black(paper, left, top + 1)).isFalse();
  }

  @Test
  void noPictureHoldsWhatAPrinterObeys() {
    Random random = new Random(7);
    HexFormat hex = HexFormat.ofDelimiter(" ");
    for (int i = 0; i < 200; i++) {
      BufferedImage picture =
          new BufferedImage(1 + random.nextInt(PAPER), 1 + random.nextInt(200), 10);
      byte[] row = new byte[picture.getWidth()];
      for (int y = 0; y < picture.getHeight(); y++) {
        for (int x = 0; x < row.length; x++) {
          // Bytes of 10 and 04, 05 or 14, often
          int bits = (x / 8 + y) % 2 == 0 ? 0x10 : random.nextBoolean() ? 0x04 : 0x14;
          row[x] = (byte) ((bits >> (7 - x % 8) & 1) == 1 ? 0 : 255);
        }
        picture.getRaster().setDataElements(0, y, row.length, 1, row);
      }
      assertThat(hex.formatHex(DotBands.of(picture)))
          .startsWith("1d 76 30 00")
          .doesNotContain("10 04", "10 05", "10 14");
    }
  }

  @Test
  void whatIsNoPictureForATicketIsTold() throws Exception {
    byte[] png = bytes(blank(100, 100), "png");
    demand(ErrorCode.BAD_DOCUMENT, "must be image/png", Content.of("image/gif", png));
    demand(ErrorCode.BAD_DOCUMENT, "no whole image/png", Content.of("image/png", new byte[9]));
    demand(ErrorCode.BAD_DOCUMENT, "no whole image/jpeg", Content.of("image/jpeg", png));
    demand(
        ErrorCode.BLOB_DAMAGED,
        "cannot be read",
        new Content.Blob("image/png", "b", 100, "0".repeat(64), 1));
    byte[] half = bytes(noise(), "png");
    demand(
        ErrorCode.BAD_DOCUMENT,
        "no whole image/png",
        Content.of("image/png", Arrays.copyOf(half, half.length / 2)));
    byte[] huge = png.clone(); // its header alone says so: 50 000 x 50 000
    System.arraycopy(HexFormat.of().parseHex("0000C3500000C350"), 0, huge, 16, 8);
    demand(ErrorCode.DOCUMENT_TOO_LARGE, "50000 x 50000 pixels", Content.of("image/png", huge));
    byte[] wide = png.clone();
    System.arraycopy(HexFormat.of().parseHex("00F4240000000001"), 0, wide, 16, 8);
    demand(ErrorCode.DOCUMENT_TOO_LARGE, "16000000 x 1 pixels", Content.of("image/png", wide));
    demand(
        ErrorCode.DOCUMENT_TOO_LARGE,
        "4194305 bytes",
        Content.of("image/png", new byte[(4 << 20) + 1]));
    demand(ErrorCode.DOCUMENT_TOO_LARGE, "4001 rows", content(blank(10, 4001), "png"));
    TicketLine long1 = TicketLine.image(content(blank(10, 3000), "png"));
    demand(ErrorCode.DOCUMENT_TOO_LARGE, "lines[2].image", long1, long1, long1);
    assertThat(printer.tickets()).isEmpty();
  }

  private BufferedImage print(TicketLine line) throws DeviceException {
    try (LocalDevice device = open()) {
      Printed printed =
          device.run(new PrintTicket(List.of(line), PrintTicket.Cut.FULL), new TestCall(TIME));
      assertThat(printed.state().is(Printed.State.PRINTED)).isTrue();
    }
    return printer.tickets().get(printer.tickets().size() - 1).image();
  }

  private static final Duration TIME = Duration.ofSeconds(20);

  private void demand(ErrorCode code, String detail, Content image) throws DeviceException {
    demand(code, detail, TicketLine.image(image));
  }

  private void demand(ErrorCode code, String detail, TicketLine... lines) throws DeviceException {
    try (LocalDevice device = open()) {
      TestCall call = new TestCall(TIME);
      DeviceException thrown =
          catchThrowableOfType(
              DeviceException.class,
              () -> device.run(new PrintTicket(List.of(lines), PrintTicket.Cut.FULL), call));
      assertThat(thrown).isNotNull().hasMessageContaining(detail);
      assertThat(thrown.code()).isEqualTo(code);
      assertThat(call.acts()).isZero();
    }
  }

  private LocalDevice open() throws DeviceException {
    return LocalDevice.open(new EscPosDriver(), "tcp:127.0.0.1:" + wire.port());
  }

  private static BufferedImage blank(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, width, height);
    g.dispose();
    return image;
  }

  private static BufferedImage noise() {
    BufferedImage image = blank(300, 300);
    Random random = new Random(1);
    for (int i = 0; i < 90_000; i++) {
      image.setRGB(i % 300, i / 300, random.nextInt());
    }
    return image;
  }

  private static Content content(BufferedImage image, String form) throws IOException {
    return Content.of("image/" + form, bytes(image, form));
  }

  private static byte[] bytes(BufferedImage image, String form) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, form, out)).isTrue();
    return out.toByteArray();
  }

  private static int firstBlackRow(BufferedImage paper) {
    for (int y = 0; y < paper.getHeight(); y++) {
      for (int x = 0; x < PAPER; x++) {
        if (black(paper, x, y)) {
          return y;
        }
      }
    }
    throw new AssertionError("nothing is printed");
  }

  private static boolean black(BufferedImage image, int x, int y) {
    return (image.getRGB(x, y) & 0xFF) < 128;
  }

  private static Result decode(BufferedImage image) throws Exception {
    int w = image.getWidth();
    int h = image.getHeight();
    RGBLuminanceSource source = new RGBLuminanceSource(w, h, image.getRGB(0, 0, w, h, null, 0, w));
    return new MultiFormatReader()
        .decode(
            new BinaryBitmap(new HybridBinarizer(source)), Map.of(DecodeHintType.TRY_HARDER, true));
  }
}
