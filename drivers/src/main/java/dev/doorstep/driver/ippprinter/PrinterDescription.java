package dev.doorstep.driver.ippprinter;

import dev.doorstep.driver.DeviceHealth;
import dev.doorstep.protocol.DeviceStatus.Cause;
import dev.doorstep.protocol.DeviceStatus.Layer;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.OpenEnum;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a printer says of itself. */
record PrinterDescription(Attributes attributes) {
  /** What changes while it prints. */
  static final List<String> STATE =
      List.of(
          "printer-state",
          "printer-state-reasons",
          "printer-is-accepting-jobs",
          "printer-input-tray");

  private static final Pattern LEVEL = Pattern.compile("(?:^|;)\\s*level\\s*=\\s*(-?[0-9]{1,9})");

  /** What a level means that is not counted: there is some (PWG 5100.13, prtInputCurrentLevel). */
  private static final int SOME = -3;

  private static final List<String> WHOLE = whole();
  private static final int STOPPED = 5;
  private static final Pattern SERIAL = Pattern.compile("(?:^|;)(?:SN|SERN|SERIALNUMBER):([^;]*)");
  private static final Set<String> BACK_ENDS_THAT_TELL = Set.of("ipp", "ipps", "dnssd");

  /** All that we ask for. */
  static List<String> names() {
    return WHOLE;
  }

  /** How it is. */
  DeviceHealth health(Locale locale) {
    return new DeviceHealth(
        attributes.text("printer-make-and-model"),
        attributes
            .text("printer-device-id")
            .map(SERIAL::matcher)
            .filter(Matcher::find)
            .map(found -> found.group(1).strip()),
        obstacle(isQueue()).filter(Obstacle::stops).map(obstacle -> cause(obstacle.code(), locale)),
        Supplies.of(attributes, reasons()));
  }

  /**
   * What stands in its way, or will soon.
   *
   * @param jobStopped whether nothing comes out though it does not say that it is stopped: of a job
   *     that is, and behind a queue, which tells of the printer's reasons alone; else an empty tray
   *     is none while paper lies in another
   */
  Optional<Obstacle> obstacle(boolean jobStopped) {
    Optional<Obstacle> worst = Obstacle.worst(reasons(), stopped() || jobStopped || !holdsPaper());
    boolean stops = worst.map(Obstacle::stops).orElse(false);
    if (!stops && attributes.isFalse("printer-is-accepting-jobs")) {
      return Optional.of(new Obstacle(ErrorCode.DEVICE_FAULT, true, "it takes no jobs"));
    }
    return !stops && stopped()
        ? Optional.of(new Obstacle(ErrorCode.DEVICE_FAULT, true, "it is stopped"))
        : worst;
  }

  /** Whether it says of a tray that paper lies in it. */
  private boolean holdsPaper() {
    return attributes.texts("printer-input-tray").stream()
        .map(LEVEL::matcher)
        .filter(Matcher::find)
        .mapToInt(level -> Integer.parseInt(level.group(1)))
        .anyMatch(level -> level > 0 || level == SOME);
  }

  /** Whether it prints nothing until somebody helps it. */
  boolean stopped() {
    return attributes.number("printer-state").orElse(0) == STOPPED
        || attributes.isFalse("printer-is-accepting-jobs");
  }

  /** Whether it says that it can do an operation of IPP. */
  boolean offers(com.hp.jipp.model.Operation operation) {
    List<Integer> offered = attributes.numbers("operations-supported");
    return offered.contains(operation.getCode());
  }

  /** The forms of documents that it takes. */
  Set<String> formats() {
    return attributes.texts("document-format-supported").stream()
        .map(text -> text.toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  /**
   * Whether the end of a job is that of the paper: of a printer itself it is; of a queue of CUPS
   * only if it hands on by IPP and waits for the printer's word.
   */
  boolean tellsOfPaper() {
    if (!isQueue()) {
      return true;
    }
    String uri = attributes.text("device-uri").orElse("").toLowerCase(Locale.ROOT);
    String scheme = uri.substring(0, Math.max(0, uri.indexOf(':')));
    return BACK_ENDS_THAT_TELL.contains(scheme)
        && (!"dnssd".equals(scheme) || uri.contains("._ipp._tcp") || uri.contains("._ipps._tcp"))
        && !uri.contains("waitjob=false");
  }

  /** Whether it is a queue of CUPS, with a printer behind it. */
  boolean isQueue() {
    return attributes.text("device-uri").isPresent() || attributes.text("cups-version").isPresent();
  }

  private List<String> reasons() {
    return attributes.texts("printer-state-reasons");
  }

  private static Cause cause(ErrorCode code, Locale locale) {
    Layer layer =
        switch (code) {
          case OUT_OF_PAPER, TONER_LOW -> Layer.SUPPLY;
          case NOT_CONNECTED -> Layer.LINK;
          default -> Layer.DEVICE;
        };
    return new Cause(OpenEnum.of(code), OpenEnum.of(layer), code.recovery(locale));
  }

  private static List<String> whole() {
    List<String> names = new ArrayList<>(STATE);
    names.addAll(
        List.of(
            "printer-make-and-model",
            "printer-device-id",
            "operations-supported",
            "document-format-supported",
            "copies-supported",
            "sides-supported",
            "media-supported",
            "media-default",
            "page-ranges-supported",
            "color-supported",
            "print-color-mode-supported",
            "pwg-raster-document-resolution-supported",
            "pwg-raster-document-type-supported",
            "pwg-raster-document-sheet-back",
            "device-uri",
            "cups-version"));
    names.addAll(Supplies.NAMES);
    return List.copyOf(names);
  }
}
