package dev.doorstep.driver.ippprinter;

import dev.doorstep.protocol.ErrorCode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What stands in a printer's way, or will soon, as printer-state-reasons tells it (RFC 8011, 5.4.12
 * and PWG 5100.9). The severity behind a reason differs between printers and is not relied on.
 *
 * @param code what it is
 * @param stops whether nothing comes out until it is gone
 * @param reason the printer's own word
 */
record Obstacle(ErrorCode code, boolean stops, String reason) {
  private static final List<String> SEVERITIES = List.of("-report", "-warning", "-error");

  /**
   * The worst of what a printer says, or nothing if it says nothing of the kind.
   *
   * @param stopped whether nothing comes out of it: else what is empty may be one tray of several
   */
  static Optional<Obstacle> worst(List<String> reasons, boolean stopped) {
    return reasons.stream()
        .flatMap(reason -> of(reason, stopped).stream())
        .min(Comparator.comparing((Obstacle o) -> !o.stops()).thenComparing(Obstacle::code));
  }

  /** The level of the paper. */
  static boolean isPaperLow(List<String> reasons) {
    return reasons.stream().anyMatch(reason -> plain(reason).equals("media-low"));
  }

  private static Optional<Obstacle> of(String reason, boolean stopped) {
    return switch (plain(reason)) {
      case "media-empty" ->
          Optional.of(
              new Obstacle(ErrorCode.OUT_OF_PAPER, stopped || reason.endsWith("-error"), reason));
      case "media-needed" -> stops(ErrorCode.OUT_OF_PAPER, reason);
      case "media-jam" -> stops(ErrorCode.PAPER_JAM, reason);
      case "cover-open", "door-open", "interlock-open" -> stops(ErrorCode.COVER_OPEN, reason);
      case "toner-empty", "marker-supply-empty", "developer-empty" ->
          stops(ErrorCode.TONER_LOW, reason);
      case "toner-low", "marker-supply-low", "developer-low" ->
          Optional.of(new Obstacle(ErrorCode.TONER_LOW, false, reason));
      case "connecting-to-device", "offline", "shutdown", "timed-out" ->
          stops(ErrorCode.NOT_CONNECTED, reason);
      case "paused", "input-tray-missing", "output-area-full", "fuser-over-temp", "other" ->
          reason.endsWith("-report") || reason.endsWith("-warning")
              ? Optional.empty()
              : stops(ErrorCode.DEVICE_FAULT, reason);
      default -> Optional.empty();
    };
  }

  private static Optional<Obstacle> stops(ErrorCode code, String reason) {
    return Optional.of(new Obstacle(code, true, reason));
  }

  private static String plain(String reason) {
    return Stream.of(reason)
        .flatMap(r -> SEVERITIES.stream().filter(r::endsWith))
        .findFirst()
        .map(severity -> reason.substring(0, reason.length() - severity.length()))
        .orElse(reason);
  }
}
