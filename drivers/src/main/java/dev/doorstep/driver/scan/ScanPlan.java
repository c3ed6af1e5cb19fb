package dev.doorstep.driver.scan;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.CaptureDocument.Color;
import dev.doorstep.protocol.operation.CaptureDocument.Format;
import dev.doorstep.protocol.operation.CaptureDocument.Layout;
import dev.doorstep.protocol.operation.CaptureDocument.Source;

/**
 * How scanned pages become what is wanted.
 *
 * @param wanted the document
 * @param worked whether its pages are worked on; else they are written while they come, as they are
 */
public record ScanPlan(CaptureDocument wanted, boolean worked) {
  /**
   * For a scanner that gives rows of pixels, in the form that it is asked for.
   *
   * @throws DeviceException {@code UNSUPPORTED} if no scanner can do it
   */
  public static ScanPlan ofRows(CaptureDocument wanted) throws DeviceException {
    return new ScanPlan(wanted, changesPages(demandPossible(wanted)));
  }

  /**
   * For a scanner that gives JPEGs, in colour or grey.
   *
   * @throws DeviceException {@code UNSUPPORTED} if no scanner can do it
   */
  public static ScanPlan ofJpegs(CaptureDocument wanted) throws DeviceException {
    boolean anew =
        wanted.format() == Format.PNG
            || wanted.quality().isPresent()
            || wanted.color() == Color.BLACK_WHITE;
    return new ScanPlan(wanted, changesPages(demandPossible(wanted)) || anew);
  }

  /** What is asked of the scanner: what is turned or cleaned becomes black and white only then. */
  public Color scannedIn() {
    return worked && wanted.color() == Color.BLACK_WHITE ? Color.GRAY : wanted.color();
  }

  private static boolean changesPages(CaptureDocument wanted) {
    return wanted.format() == Format.OFD
        || wanted.layout() == Layout.CARD
        || wanted.crop()
        || wanted.deskew()
        || wanted.clean()
        || wanted.rotate() != 0
        || wanted.codes()
        || wanted.largest().isPresent();
  }

  private static CaptureDocument demandPossible(CaptureDocument wanted) throws DeviceException {
    boolean several = wanted.layout() == Layout.CARD || wanted.pages().orElse(1) > 1;
    if (wanted.source() == Source.FLAT && several) {
      throw new DeviceException(
          ErrorCode.UNSUPPORTED,
          "more than one page from the glass, which cannot tell when the next one lies there:"
              + " take each by itself, use the feeder or a camera");
    }
    return wanted;
  }
}
