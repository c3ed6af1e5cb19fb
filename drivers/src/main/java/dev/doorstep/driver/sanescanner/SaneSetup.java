package dev.doorstep.driver.sanescanner;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceSettings;
import dev.doorstep.driver.scan.ScanArea;
import dev.doorstep.driver.scan.ScanPlan;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.CaptureDocument.Color;
import dev.doorstep.protocol.operation.CaptureDocument.Source;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Sets a scanner's options to what a capture wants. */
final class SaneSetup {
  private static final double MM_PER_INCH = 25.4;

  private final SaneSession session;
  private final DeviceSettings settings;
  private List<SaneOption> options;

  private SaneSetup(SaneSession session, DeviceSettings settings) throws DeviceException {
    this.session = session;
    this.settings = settings;
    this.options = session.options();
  }

  /**
   * Sets them all.
   *
   * @return at how many dots per inch is scanned, if the scanner tells
   * @throws DeviceException {@code UNSUPPORTED} if the scanner cannot do what is wanted
   */
  static OptionalInt apply(SaneSession session, DeviceSettings settings, ScanPlan plan)
      throws DeviceException {
    SaneSetup setup = new SaneSetup(session, settings);
    setup.source(plan.wanted().source());
    setup.color(plan.scannedIn());
    OptionalInt dpi = setup.resolution(plan.wanted().dpi());
    Optional<ScanArea> area = ScanArea.of(settings);
    if (area.isPresent()) {
      setup.area(area.get(), dpi);
    }
    return dpi;
  }

  private void source(Source source) throws DeviceException {
    String thing = source == Source.FEEDER ? "feeder" : "flatbed";
    Optional<SaneOption> option = option("source");
    List<String> offered = option.map(SaneOption::strings).orElse(List.of());
    if (option.isEmpty() || offered.isEmpty()) {
      if (source == Source.FEEDER) {
        throw unsupported("the scanner has no feeder");
      }
      return; // it has the one source
    }
    Optional<String> configured = settings.option(thing);
    Optional<String> name =
        configured.isPresent()
            ? configured.filter(offered::contains)
            : SaneNames.find(thing, offered);
    set(
        option.get(),
        name.orElseThrow(
            () ->
                unsupported(
                    "none of the scanner's sources %s is known as its %s; name it in the option %s"
                        .formatted(offered, thing, thing))));
  }

  private void color(Color color) throws DeviceException {
    Optional<SaneOption> mode = option("mode");
    List<String> offered = mode.map(SaneOption::strings).orElse(List.of());
    Optional<String> gray = SaneNames.find("gray", offered);
    Optional<String> name =
        switch (color) {
          // What has no colours gives everything as it is in grey.
          case COLOR -> SaneNames.find("color", offered).or(() -> gray);
          case GRAY -> gray;
          case BLACK_WHITE -> SaneNames.find("lineart", offered);
        };
    if (color == Color.BLACK_WHITE
        && name.isEmpty()
        && depth().filter(d -> d.takes(1)).isPresent()) {
      name = gray; // of one bit
    }
    if (name.isPresent() && mode.isPresent()) {
      set(mode.get(), name.get());
    } else if (color != Color.COLOR) {
      throw unsupported("the scanner has no mode for " + color + ", but " + offered);
    }
    Optional<SaneOption> depth = depth();
    int wanted = color == Color.BLACK_WHITE ? 1 : 8;
    if (depth.isPresent() && depth.get().takes(wanted)) {
      set(depth.get(), wanted);
    }
  }

  private OptionalInt resolution(Optional<Integer> dpi) throws DeviceException {
    Optional<SaneOption> found = option("resolution").filter(SaneOption::number);
    if (found.isEmpty()) {
      if (dpi.isPresent()) {
        throw unsupported("the scanner's dpi cannot be chosen");
      }
      return OptionalInt.empty();
    }
    SaneOption option = found.get();
    if (dpi.isEmpty()) {
      return whole(option.decoded(session.value(option)));
    }
    if (!option.takes(dpi.get())) {
      throw unsupported("the scanner does not scan at " + dpi.get() + " dpi: " + offer(option));
    }
    OptionalInt became = whole(option.decoded(set(option, dpi.get())));
    if (became.orElse(0) != dpi.get()) {
      throw unsupported("the scanner takes " + became.orElse(0) + " dpi in place of " + dpi.get());
    }
    return became;
  }

  private void area(ScanArea area, OptionalInt dpi) throws DeviceException {
    edge("tl-x", 0, dpi);
    edge("tl-y", 0, dpi);
    edge("br-x", area.width(), dpi);
    edge("br-y", area.height(), dpi);
  }

  /** Puts an edge where it is wanted, or as near as the scanner can. */
  private void edge(String name, double millimetres, OptionalInt dpi) throws DeviceException {
    Optional<SaneOption> found = option(name).filter(SaneOption::number);
    if (found.isPresent()) {
      SaneOption option = found.get();
      double at =
          option.unit() == SaneOption.Unit.PIXEL
              ? millimetres / MM_PER_INCH * dpi.orElse(0)
              : millimetres;
      double lowest = option.range().map(r -> option.decoded(r.lowest())).orElse(at);
      double highest = option.range().map(r -> option.decoded(r.highest())).orElse(at);
      set(option, Math.max(lowest, Math.min(highest, at)));
    }
  }

  private Optional<SaneOption> depth() {
    return option("depth").filter(SaneOption::number);
  }

  private Optional<SaneOption> option(String name) {
    return options.stream()
        .filter(option -> option.name().equals(name) && option.settable())
        .findFirst();
  }

  private void set(SaneOption option, String value) throws DeviceException {
    reloadAfter(session.set(option, value));
  }

  private int set(SaneOption option, double value) throws DeviceException {
    SaneSession.Setting setting = session.set(option, value);
    reloadAfter(setting);
    return setting.number();
  }

  private void reloadAfter(SaneSession.Setting setting) throws DeviceException {
    if (setting.reload()) {
      options = session.options();
    }
  }

  private static OptionalInt whole(double dpi) {
    long rounded = Math.round(dpi);
    return rounded < 1 || rounded > 0xFFFF ? OptionalInt.empty() : OptionalInt.of((int) rounded);
  }

  private static String offer(SaneOption option) {
    return option
        .range()
        .map(r -> option.decoded(r.lowest()) + " to " + option.decoded(r.highest()))
        .orElseGet(() -> option.words().stream().map(option::decoded).toList().toString());
  }

  private static DeviceException unsupported(String what) {
    return new DeviceException(ErrorCode.UNSUPPORTED, what);
  }
}
