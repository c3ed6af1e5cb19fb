package dev.doorstep.driver.sanescanner;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.scan.Raster;
import dev.doorstep.driver.scan.Raster.Pixel;
import dev.doorstep.protocol.ErrorCode;
import java.util.OptionalInt;

/**
 * What the rows of a page will be (standard, section 4.3.8).
 *
 * <pre>
 *   | status | format | last frame | bytes per line | pixels per line | lines | depth |
 * </pre>
 *
 * @param pixel what a pixel of the page becomes
 * @param depth bits of a sample: 1, 8 or 16
 * @param rowBytes bytes of a row as it travels; may be more than its pixels need
 * @param width pixels
 * @param lines rows; empty if the scanner does not know yet
 */
record SaneParameters(Pixel pixel, int depth, int rowBytes, int width, OptionalInt lines) {
  private static final int GRAY = 0;
  private static final int RGB = 1;
  private static final int LAST_OF_SEPARATE = 4;

  /** How much longer a row may be than its pixels: back ends fill up to words and the like. */
  private static final int MOST_FILLING = 4096;

  /** Reads them. */
  static SaneParameters read(SaneReply reply) throws DeviceException {
    SaneStatus status = SaneStatus.of(reply.word());
    int format = reply.word();
    boolean lastFrame = reply.word() != 0;
    int rowBytes = reply.word();
    int width = reply.word();
    int lines = reply.word();
    int depth = reply.word();
    status.demandGood("asking for the picture's size");
    return of(format, lastFrame, rowBytes, width, lines, depth);
  }

  private static SaneParameters of(
      int format, boolean lastFrame, int rowBytes, int width, int lines, int depth)
      throws DeviceException {
    String told =
        "format %d, depth %d, %d pixels in %d bytes, %d rows"
            .formatted(format, depth, width, rowBytes, lines);
    boolean known = format == GRAY || format == RGB;
    boolean separate = format > RGB && format <= LAST_OF_SEPARATE;
    if (separate || (known && !lastFrame)) {
      throw new DeviceException(
          ErrorCode.UNSUPPORTED, "SANE: each colour in a pass of its own: " + told);
    }
    if (!known || (depth != 8 && depth != 16 && !(depth == 1 && format == GRAY))) {
      throw new DeviceException(ErrorCode.UNSUPPORTED, "SANE: no known pixels: " + told);
    }
    if (width < 1 || lines < -1 || lines == 0) {
      throw new DeviceException(ErrorCode.GARBLED, "SANE: no picture: " + told);
    }
    if (width > Raster.LONGEST || lines > Raster.LONGEST) {
      throw new DeviceException(
          ErrorCode.DOCUMENT_TOO_LARGE, "SANE: too large; choose a lower dpi or area: " + told);
    }
    int needed = (width * (format == RGB ? 3 : 1) * depth + 7) / 8;
    if (rowBytes < needed || rowBytes > needed + MOST_FILLING) {
      throw new DeviceException(ErrorCode.GARBLED, "SANE: rows of a wrong length: " + told);
    }
    Pixel pixel = format == RGB ? Pixel.RGB : depth == 1 ? Pixel.BIT : Pixel.GRAY;
    OptionalInt height = lines < 0 ? OptionalInt.empty() : OptionalInt.of(lines);
    return new SaneParameters(pixel, depth, rowBytes, width, height);
  }

  /** The page that its rows make. */
  Raster raster(OptionalInt dpi) {
    return new Raster(width, lines, pixel, dpi);
  }
}
