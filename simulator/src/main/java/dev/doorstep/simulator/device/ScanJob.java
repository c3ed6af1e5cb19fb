package dev.doorstep.simulator.device;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a program wants scanned, as the XML of its request says.
 *
 * @param feeder whether from the feeder
 * @param gray whether in shades of grey
 * @param dpi dots per inch
 * @param width of the region in 300ths of an inch
 * @param height of the region in 300ths of an inch
 */
record ScanJob(boolean feeder, boolean gray, int dpi, int width, int height) {
  private static final Pattern VALUE =
      Pattern.compile("<(?:\\w+:)?(\\w+)(?: [^>]*)?>\\s*([^<>]*?)\\s*</");

  /**
   * Reads a request.
   *
   * @throws IllegalArgumentException if it lacks something, or asks for what the scanner has not
   */
  static ScanJob parse(String xml) {
    Map<String, String> values =
        VALUE
            .matcher(xml)
            .results()
            .collect(Collectors.toMap(m -> m.group(1), m -> m.group(2), (first, second) -> first));
    Matcher source = demand(values, "InputSource", "Platen|Feeder");
    Matcher color = demand(values, "ColorMode", "RGB24|Grayscale8");
    demand(values, "DocumentFormat", "image/jpeg");
    int dpi = Integer.parseInt(demand(values, "XResolution", "75|100|200|300|600").group());
    int width = Integer.parseInt(demand(values, "Width", "[0-9]{1,5}").group());
    int height = Integer.parseInt(demand(values, "Height", "[0-9]{1,5}").group());
    boolean fits =
        Stream.of(width, height).allMatch(side -> side > 0)
            && width <= EsclScanner.WIDTH
            && height <= EsclScanner.HEIGHT;
    if (!fits) {
      throw new IllegalArgumentException("a region of " + width + " x " + height);
    }
    return new ScanJob(
        source.group().equals("Feeder"), color.group().equals("Grayscale8"), dpi, width, height);
  }

  private static Matcher demand(Map<String, String> values, String name, String form) {
    Matcher matcher = Pattern.compile(form).matcher(values.getOrDefault(name, ""));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(name + " must be " + form);
    }
    return matcher;
  }
}
