package dev.doorstep.driver.paper;

import dev.doorstep.protocol.operation.PrintDocument.Duplex;

/** How a printer wants the dots of the back of a sheet (PWG 5102.4, 7.1). */
public enum SheetBack {
  /** As the front. */
  NORMAL,
  /** Mirrored. */
  FLIPPED,
  /** Turned around, where the sheet is turned at its long edge. */
  ROTATED,
  /** Turned around, where the sheet is turned at its short edge. */
  MANUAL_TUMBLE;

  /** The value of a keyword; one that is not known means as the front. */
  public static SheetBack of(String keyword) {
    return switch (keyword) {
      case "flipped" -> FLIPPED;
      case "rotated" -> ROTATED;
      case "manual-tumble" -> MANUAL_TUMBLE;
      default -> NORMAL;
    };
  }

  /** Whether the back is mirrored from left to right. */
  boolean mirrorsAcross(Duplex duplex) {
    return duplex == Duplex.LONG_EDGE ? this == ROTATED : this == FLIPPED || this == MANUAL_TUMBLE;
  }

  /** Whether the back is mirrored from top to bottom. */
  boolean mirrorsAlong(Duplex duplex) {
    return duplex == Duplex.LONG_EDGE ? this == ROTATED || this == FLIPPED : this == MANUAL_TUMBLE;
  }
}
