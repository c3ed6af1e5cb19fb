package dev.doorstep.driver.esclscanner;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.esclscanner.EsclCapabilities.Source;
import dev.doorstep.driver.scan.ScanArea;
import dev.doorstep.driver.scan.ScanPlan;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.CaptureDocument;
import java.util.Optional;

/**
 * What is asked of a scanner.
 *
 * @param feeder whether sheets come from the feeder
 * @param color such as {@code RGB24}
 * @param dpi dots per inch
 * @param width of the region in 300ths of an inch
 * @param height of the region in 300ths of an inch
 */
record EsclSettings(boolean feeder, String color, int dpi, int width, int height) {
  private static final String JPEG = "image/jpeg";
  private static final double UNITS_PER_MM = 300 / 25.4;

  /**
   * What a capture needs.
   *
   * @throws DeviceException {@code UNSUPPORTED} if the scanner cannot do it
   */
  static EsclSettings of(ScanPlan plan, EsclCapabilities capabilities, Optional<ScanArea> area)
      throws DeviceException {
    CaptureDocument wanted = plan.wanted();
    boolean feeder = wanted.source() == CaptureDocument.Source.FEEDER;
    Source source =
        (feeder ? capabilities.feeder() : capabilities.glass())
            .orElseThrow(() -> unsupported(feeder ? "it has no feeder" : "it has no glass"));
    if (!source.formats().contains(JPEG)) {
      throw unsupported("it gives no JPEG, but " + source.formats());
    }
    if (wanted.dpi().isPresent() && !source.takes(wanted.dpi().get())) {
      throw unsupported(
          "it does not scan at %d dpi, but at %s"
              .formatted(
                  wanted.dpi().get(),
                  source.resolutions().isEmpty()
                      ? source.lowest() + " to " + source.highest()
                      : source.resolutions()));
    }
    return new EsclSettings(
        feeder,
        color(plan.scannedIn(), source),
        wanted.dpi().orElse(source.usual()),
        side(area.map(ScanArea::width), source.width()),
        side(area.map(ScanArea::height), source.height()));
  }

  private static String color(CaptureDocument.Color color, Source source) throws DeviceException {
    boolean gray = source.colors().contains("Grayscale8");
    boolean colored = source.colors().contains("RGB24");
    if (color == CaptureDocument.Color.COLOR && colored) {
      return "RGB24";
    }
    // What has no colours gives everything as it is in grey.
    if (gray) {
      return "Grayscale8";
    }
    throw unsupported("it gives no JPEG in " + color + ", but " + source.colors());
  }

  private static int side(Optional<Integer> millimetres, int most) {
    return millimetres.map(mm -> Math.min(most, (int) Math.round(mm * UNITS_PER_MM))).orElse(most);
  }

  /** The request's body. */
  String xml() {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <scan:ScanSettings xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm"\
         xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03">
        <pwg:Version>2.0</pwg:Version>
        <pwg:ScanRegions><pwg:ScanRegion>
        <pwg:ContentRegionUnits>escl:ThreeHundredthsOfInches</pwg:ContentRegionUnits>
        <pwg:XOffset>0</pwg:XOffset><pwg:YOffset>0</pwg:YOffset>
        <pwg:Width>%d</pwg:Width><pwg:Height>%d</pwg:Height>
        </pwg:ScanRegion></pwg:ScanRegions>
        <pwg:InputSource>%s</pwg:InputSource>
        %s<scan:ColorMode>%s</scan:ColorMode>
        <pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat>
        <scan:DocumentFormatExt>image/jpeg</scan:DocumentFormatExt>
        <scan:XResolution>%d</scan:XResolution><scan:YResolution>%d</scan:YResolution>
        </scan:ScanSettings>
        """
        .formatted(
            width,
            height,
            feeder ? "Feeder" : "Platen",
            feeder ? "<scan:Duplex>false</scan:Duplex>\n" : "",
            color,
            dpi,
            dpi);
  }

  private static DeviceException unsupported(String what) {
    return new DeviceException(ErrorCode.UNSUPPORTED, "the scanner cannot do this: " + what);
  }
}
