package dev.doorstep.driver.escpos;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.Barcode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A bar code as the printer takes it: 1D 68 height, 1D 77 module, 1D 48 text, 1D 6B the code. */
final class TicketBarcode {
  private static final int HEIGHT = 80; // dots: one centimetre
  private static final int TEXT_BELOW = 2;

  private TicketBarcode() {}

  /**
   * The bytes of a bar code.
   *
   * @param module the dots of its narrowest bar
   * @param paper the dots of the paper's width
   * @throws DeviceException {@code INVALID_PARAMETERS} if it is wider than the paper: printers
   *     leave such a code out without a word
   */
  static byte[] of(Barcode barcode, int module, int paper, String path) throws DeviceException {
    int width = modules(barcode) * module;
    if (width > paper) {
      throw new DeviceException(
          ErrorCode.INVALID_PARAMETERS,
          "parameters.%s.barcode: is %d dots wide and the paper %d; make it shorter or smaller"
              .formatted(path, width, paper));
    }
    byte[] data = data(barcode).getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0x1D, 'h', HEIGHT, 0x1D, 'w', (byte) module});
    out.writeBytes(
        new byte[] {0x1D, 'H', TEXT_BELOW, 0x1D, 'k', kind(barcode), (byte) data.length});
    out.writeBytes(data);
    return out.toByteArray();
  }

  private static byte kind(Barcode barcode) {
    return switch (barcode.symbology()) {
      case EAN_13 -> 67;
      case CODE_39 -> 69;
      case CODE_128 -> 73;
    };
  }

  /** CODE 128 in code set B, in which a brace stands twice. */
  private static String data(Barcode barcode) {
    return barcode.symbology() == Barcode.Symbology.CODE_128
        ? "{B" + barcode.text().replace("{", "{{")
        : barcode.text();
  }

  private static int modules(Barcode barcode) {
    int length = barcode.text().length();
    return switch (barcode.symbology()) {
      case EAN_13 -> 95;
      case CODE_39 -> (length + 2) * 16; // with its stars; a wide bar may be three times a narrow
      case CODE_128 -> (length + 3) * 11 + 2; // start, check and stop
    };
  }
}
