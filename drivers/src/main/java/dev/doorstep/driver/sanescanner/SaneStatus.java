package dev.doorstep.driver.sanescanner;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;

/**
 * The status words of SANE (standard, section 4.2.7), in their order from 0, and what they mean.
 */
enum SaneStatus {
  GOOD(ErrorCode.INTERNAL, "good"),
  UNSUPPORTED(ErrorCode.UNSUPPORTED, "the scanner cannot do this"),
  CANCELLED(ErrorCode.DEVICE_FAULT, "stopped at the scanner"),
  DEVICE_BUSY(ErrorCode.DEVICE_IN_USE, "the scanner is busy; another program may use it"),
  INVAL(ErrorCode.DEVICE_FAULT, "the scanner finds the request invalid"),
  EOF(ErrorCode.GARBLED, "the page ended before its last row"),
  JAMMED(ErrorCode.PAPER_JAM, "paper is stuck in the scanner"),
  NO_DOCS(ErrorCode.NO_DOCUMENT, "the feeder is empty"),
  COVER_OPEN(ErrorCode.COVER_OPEN, "the scanner's cover is open"),
  IO_ERROR(
      ErrorCode.DEVICE_FAULT, "the daemon cannot talk to the scanner; check its cable and power"),
  NO_MEM(ErrorCode.DEVICE_FAULT, "the daemon has no memory left; ask for a lower dpi"),
  ACCESS_DENIED(ErrorCode.ACCESS_DENIED, "the daemon refuses this point; see its saned.conf");

  private final ErrorCode code;
  private final String text;

  SaneStatus(ErrorCode code, String text) {
    this.code = code;
    this.text = text;
  }

  /**
   * The status of a word.
   *
   * @throws DeviceException {@code DEVICE_FAULT} for one of a later standard, {@code GARBLED} if it
   *     can be none
   */
  static SaneStatus of(int word) throws DeviceException {
    if (word >= 0 && word < values().length) {
      return values()[word];
    }
    boolean later = word > 0 && word < 32;
    throw new DeviceException(
        later ? ErrorCode.DEVICE_FAULT : ErrorCode.GARBLED,
        "SANE: unknown status %08X".formatted(word));
  }

  /** The error that this status is while something was done. */
  DeviceException during(String what) {
    return new DeviceException(code, what + ": " + text + " (SANE status " + name() + ")");
  }

  /** Throws that error unless it is good. */
  void demandGood(String what) throws DeviceException {
    if (this != GOOD) {
      throw during(what);
    }
  }
}
