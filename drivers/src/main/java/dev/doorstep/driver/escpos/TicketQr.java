package dev.doorstep.driver.escpos;

import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.decoder.Version;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import java.util.Optional;

/**
 * How large a QR code of error correction M gets (ISO/IEC 18004, table 7), if its bytes are put in
 * as bytes; printers may find a shorter way. A code that is wider than the paper is not printed at
 * all, and the printer says nothing (Epson, GS ( k, function 181).
 */
final class TicketQr {
  private static final int VERSIONS = 40;
  private static final int MODE_BITS = 4;
  private static final int LAST_WITH_SHORT_COUNT = 9;

  /** Dots of a module that phones still read off thermal paper. */
  private static final int SMALLEST = 3;

  private TicketQr() {}

  /**
   * The dots of a module.
   *
   * @param bytes how many the code says
   * @param wanted the dots that are asked for
   * @param usual the dots otherwise, if that fits
   * @param paper the dots of the paper's width
   * @throws DeviceException {@code INVALID_PARAMETERS} if it is wider than the paper
   */
  static int module(int bytes, Optional<Integer> wanted, int usual, int paper, String path)
      throws DeviceException {
    int modules = modules(bytes);
    int module = wanted.orElse(Math.max(SMALLEST, Math.min(usual, paper / modules)));
    if (modules * module > paper) {
      throw new DeviceException(
          ErrorCode.INVALID_PARAMETERS,
          "parameters.%s.qr: is %d dots wide and the paper %d; make it shorter or smaller"
              .formatted(path, modules * module, paper));
    }
    return module;
  }

  private static int modules(int bytes) {
    for (int number = 1; number <= VERSIONS; number++) {
      Version version = Version.getVersionForNumber(number);
      int room =
          version.getTotalCodewords()
              - version.getECBlocksForLevel(ErrorCorrectionLevel.M).getTotalECCodewords();
      int count = number <= LAST_WITH_SHORT_COUNT ? 8 : 16;
      if (MODE_BITS + count + 8 * bytes <= 8 * room) {
        return version.getDimensionForVersion();
      }
    }
    throw new IllegalArgumentException("a QR code of " + bytes + " bytes");
  }
}
