package dev.doorstep.simulator.device;

/** What an eSCL scanner tells of itself. */
final class EsclXml {
  private static final String NAMESPACES =
      "xmlns:scan=\"http://schemas.hp.com/imaging/escl/2011/05/03\""
          + " xmlns:pwg=\"http://www.pwg.org/schemas/2010/12/sm\"";

  private static final String CAPS =
      """
      <scan:MinWidth>16</scan:MinWidth><scan:MaxWidth>%d</scan:MaxWidth>
      <scan:MinHeight>16</scan:MinHeight><scan:MaxHeight>%d</scan:MaxHeight>
      <scan:MaxScanRegions>1</scan:MaxScanRegions>
      <scan:SettingProfiles><scan:SettingProfile>
      <scan:ColorModes><scan:ColorMode>RGB24</scan:ColorMode>\
      <scan:ColorMode>Grayscale8</scan:ColorMode></scan:ColorModes>
      <scan:DocumentFormats><pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat>\
      <scan:DocumentFormatExt>image/jpeg</scan:DocumentFormatExt></scan:DocumentFormats>
      <scan:SupportedResolutions><scan:DiscreteResolutions>
      %s</scan:DiscreteResolutions></scan:SupportedResolutions>
      </scan:SettingProfile></scan:SettingProfiles>
      """;

  private EsclXml() {}

  static String capabilities() {
    StringBuilder resolutions = new StringBuilder();
    for (int dpi : new int[] {75, 100, 200, 300, 600}) {
      resolutions.append(
          ("<scan:DiscreteResolution><scan:XResolution>%1$d</scan:XResolution>"
                  + "<scan:YResolution>%1$d</scan:YResolution></scan:DiscreteResolution>\n")
              .formatted(dpi));
    }
    String caps = CAPS.formatted(EsclScanner.WIDTH, EsclScanner.HEIGHT, resolutions);
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <scan:ScannerCapabilities %s>
        <pwg:Version>2.6</pwg:Version>
        <pwg:MakeAndModel>Doorstep Simulated Scanner</pwg:MakeAndModel>
        <pwg:SerialNumber>SIM-0042</pwg:SerialNumber>
        <scan:Platen><scan:PlatenInputCaps>
        %s</scan:PlatenInputCaps></scan:Platen>
        <scan:Adf><scan:AdfSimplexInputCaps>
        %s</scan:AdfSimplexInputCaps><scan:FeederCapacity>50</scan:FeederCapacity></scan:Adf>
        </scan:ScannerCapabilities>
        """
        .formatted(NAMESPACES, caps, caps);
  }

  /** With the states of the scanner and of its feeder. */
  static String status(String state, String adf) {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <scan:ScannerStatus %s>
        <pwg:Version>2.6</pwg:Version>
        <pwg:State>%s</pwg:State>
        <scan:AdfState>%s</scan:AdfState>
        </scan:ScannerStatus>
        """
        .formatted(NAMESPACES, state, adf);
  }

  /** Ten entities, each ten times the one before: a small text that no memory holds. */
  static String entities() {
    StringBuilder text =
        new StringBuilder("<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY e0 \"x\">");
    for (int i = 1; i <= 10; i++) {
      text.append("<!ENTITY e").append(i).append(" \"");
      text.append(("&e" + (i - 1) + ";").repeat(10)).append("\">");
    }
    return text.append("]>\n<a>&e10;</a>").toString();
  }
}
