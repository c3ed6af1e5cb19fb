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
      List.of("printer-state", "printer-state-reasons", "printer-is-accepting-jobs");

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
        obstacle().map(obstacle -> cause(obstacle.code(), locale)),
        Supplies.of(attributes, reasons()));
  }

  /** What stands in its way, or will soon. */
  Optional<Obstacle> obstacle() {
    Optional<Obstacle> worst = Obstacle.worst(reasons());
    boolean stops = worst.map(Obstacle::stops).orElse(false);
    if (!stops && attributes.isFalse("printer-is-accepting-jobs")) {
      return Optional.of(new Obstacle(ErrorCode.DEVICE_FAULT, true, "it takes no jobs"));
    }
    return !stops && stopped()
        ? Optional.of(new Obstacle(ErrorCode.DEVICE_FAULT, true, "it is stopped"))
        : worst;
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
