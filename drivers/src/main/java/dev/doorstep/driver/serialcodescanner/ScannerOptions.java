package dev.doorstep.driver.serialcodescanner;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceSettings;
import dev.doorstep.driver.code.CodeBytes;
import dev.doorstep.protocol.ErrorCode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/**
 * How a scanner is set up, from the device's configuration.
 *
 * @param ending what ends a code
 * @param charset what its texts are read as first
 * @param aim whether it puts the AIM identifier before a code
 * @param trigger whether it takes commands, the trigger among them
 * @param continuous whether it scans all the time
 */
record ScannerOptions(
    Ending ending, Charset charset, boolean aim, boolean trigger, boolean continuous) {
  /** The keys in the configuration. */
  static final Set<String> KEYS = Set.of("suffix", "charset", "aim", "trigger", "mode");

  private static final Map<String, Boolean> SWITCH = Map.of("true", true, "false", false);

  /** What ends a code. */
  enum Ending {
    /** CR or CR LF, or an idle gap where there is none. */
    ANY,
    CR,
    CRLF,
    /** An idle gap alone: line ends belong to the code. */
    GAP
  }

  /**
   * Reads the options.
   *
   * @throws DeviceException {@code UNSUPPORTED} with what there is to choose from
   */
  static ScannerOptions of(DeviceSettings settings) throws DeviceException {
    ScannerOptions options =
        new ScannerOptions(
            choose(
                settings,
                "suffix",
                "any",
                Map.of(
                    "any", Ending.ANY, "cr", Ending.CR, "crlf", Ending.CRLF, "none", Ending.GAP)),
            choose(
                settings,
                "charset",
                "GBK",
                Map.of("GBK", CodeBytes.GBK, "UTF-8", StandardCharsets.UTF_8)),
            choose(settings, "aim", "false", SWITCH),
            choose(settings, "trigger", "false", SWITCH),
            choose(settings, "mode", "triggered", Map.of("triggered", false, "continuous", true)));
    if (options.trigger && options.continuous) {
      throw new DeviceException(
          ErrorCode.UNSUPPORTED, "mode: continuous scans by itself; leave out trigger: true");
    }
    return options;
  }

  private static <T> T choose(
      DeviceSettings settings, String key, String absent, Map<String, T> choices)
      throws DeviceException {
    T chosen = choices.get(settings.option(key).orElse(absent));
    if (chosen == null) {
      throw new DeviceException(
          ErrorCode.UNSUPPORTED,
          "%s: must be one of %s"
              .formatted(key, String.join(", ", choices.keySet().stream().sorted().toList())));
    }
    return chosen;
  }
}
