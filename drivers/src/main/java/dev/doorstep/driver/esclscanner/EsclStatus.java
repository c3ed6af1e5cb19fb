package dev.doorstep.driver.esclscanner;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import java.util.Optional;

/**
 * How a scanner and its feeder are.
 *
 * @param state {@code Idle}, {@code Processing}, {@code Testing}, {@code Stopped}, {@code Down}
 * @param feeder {@code ScannerAdfLoaded} and others; empty if it has none
 */
record EsclStatus(String state, String feeder) {
  /**
   * Reads it.
   *
   * @throws DeviceException {@code GARBLED} if it is none
   */
  static EsclStatus read(EsclXml xml) throws DeviceException {
    if (!xml.name().equals("ScannerStatus")) {
      throw new DeviceException(ErrorCode.GARBLED, "eSCL: no status; check the address");
    }
    return new EsclStatus(
        xml.first("State").map(EsclXml::text).orElse(""),
        xml.first("AdfState").map(EsclXml::text).orElse(""));
  }

  /** Whether no job is under way. */
  boolean idle() {
    return state.equals("Idle");
  }

  /** What keeps the scanner from scanning at all. */
  Optional<DeviceException> fault() {
    return state.equals("Stopped") || state.equals("Down")
        ? Optional.of(
            new DeviceException(
                ErrorCode.DEVICE_FAULT, "the scanner is " + state + "; see its display"))
        : Optional.empty();
  }

  /** What keeps the feeder from giving the next sheet; an empty one is told apart. */
  Optional<DeviceException> feederFault() {
    return switch (feeder) {
      case "ScannerAdfJam", "ScannerAdfMispick", "ScannerAdfMultipickDetected" ->
          told(ErrorCode.PAPER_JAM, "paper is stuck in the feeder");
      case "ScannerAdfDoorOpen", "ScannerAdfHatchOpen" ->
          told(ErrorCode.COVER_OPEN, "the feeder is open");
      default -> fault();
    };
  }

  /** Whether sheets lie in the feeder. */
  boolean feederLoaded() {
    return feeder.equals("ScannerAdfLoaded");
  }

  /** Whether nothing lies in the feeder. */
  boolean feederEmpty() {
    return feeder.equals("ScannerAdfEmpty");
  }

  private Optional<DeviceException> told(ErrorCode code, String what) {
    return Optional.of(new DeviceException(code, what + " (" + feeder + ")"));
  }
}
