package dev.doorstep.driver.esclscanner;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a scanner says that it can do.
 *
 * @param glass what it can do with a sheet on its glass, if it has one
 * @param feeder what it can do with sheets in its feeder, one side of each, if it has one
 */
record EsclCapabilities(
    Optional<String> model,
    Optional<String> serial,
    Optional<Source> glass,
    Optional<Source> feeder) {
  private static final int LONGEST_NAME = 128;
  private static final int MOST_DPI = 0xFFFF;

  /**
   * A source of pages.
   *
   * @param width the largest region's, in 300ths of an inch
   * @param height the largest region's, in 300ths of an inch
   * @param colors such as {@code RGB24}
   * @param formats media types
   * @param resolutions dots per inch, if they are a list
   * @param lowest dots per inch
   * @param highest dots per inch
   */
  record Source(
      int width,
      int height,
      Set<String> colors,
      Set<String> formats,
      List<Integer> resolutions,
      int lowest,
      int highest) {
    private static final int USUAL = 300;

    /** Copies the collections. */
    Source {
      colors = Set.copyOf(colors);
      formats = Set.copyOf(formats);
      resolutions = List.copyOf(resolutions);
    }

    /** Whether it scans at so many dots per inch. */
    boolean takes(int dpi) {
      return resolutions.isEmpty() ? lowest <= dpi && dpi <= highest : resolutions.contains(dpi);
    }

    /** What is taken if nothing is asked for: 300 dots per inch, or what is nearest to that. */
    int usual() {
      return resolutions.stream()
          .min(Comparator.comparingInt(dpi -> Math.abs(dpi - USUAL)))
          .orElse(Math.max(lowest, Math.min(highest, USUAL)));
    }
  }

  /**
   * Reads them.
   *
   * @throws DeviceException {@code GARBLED} if they are no capabilities
   */
  static EsclCapabilities read(EsclXml xml) throws DeviceException {
    if (!xml.name().equals("ScannerCapabilities")) {
      throw new DeviceException(
          ErrorCode.GARBLED, "eSCL: no capabilities; check the address: it ends with /eSCL");
    }
    return new EsclCapabilities(
        named(xml, "MakeAndModel"),
        named(xml, "SerialNumber"),
        xml.first("PlatenInputCaps").flatMap(EsclCapabilities::source),
        xml.first("AdfSimplexInputCaps").flatMap(EsclCapabilities::source));
  }

  private static Optional<String> named(EsclXml xml, String element) {
    return xml.first(element)
        .map(found -> found.text().replaceAll("\\p{Cntrl}", ""))
        .filter(text -> !text.isEmpty())
        .map(text -> text.substring(0, Math.min(LONGEST_NAME, text.length())));
  }

  /** One that lacks its size or any resolution is none. */
  private static Optional<Source> source(EsclXml caps) {
    Optional<Integer> width = number(caps, "MaxWidth");
    Optional<Integer> height = number(caps, "MaxHeight");
    List<Integer> resolutions =
        caps.all("DiscreteResolution")
            .flatMap(resolution -> number(resolution, "XResolution").stream())
            .filter(dpi -> dpi >= 1 && dpi <= MOST_DPI)
            .distinct()
            .toList();
    Optional<EsclXml> range = caps.first("XResolutionRange");
    int lowest = Math.max(1, range.flatMap(r -> number(r, "Min")).orElse(1));
    int highest = Math.min(MOST_DPI, range.flatMap(r -> number(r, "Max")).orElse(0));
    boolean scans = !resolutions.isEmpty() || lowest <= highest;
    if (width.orElse(0) < 1 || height.orElse(0) < 1 || !scans) {
      return Optional.empty();
    }
    return Optional.of(
        new Source(
            width.get(),
            height.get(),
            texts(caps, "ColorMode"),
            texts(caps, "DocumentFormat"),
            resolutions,
            lowest,
            highest));
  }

  private static Optional<Integer> number(EsclXml xml, String element) {
    return xml.first(element).flatMap(EsclXml::number);
  }

  private static Set<String> texts(EsclXml xml, String element) {
    return xml.all(element).map(EsclXml::text).collect(Collectors.toSet());
  }
}
