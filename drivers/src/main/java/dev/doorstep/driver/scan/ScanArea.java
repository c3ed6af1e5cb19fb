package dev.doorstep.driver.scan;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceSettings;
import dev.doorstep.protocol.ErrorCode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of the glass that is scanned, from its corner.
 *
 * @param width in millimetres, 1 to 2 000
 * @param height in millimetres, 1 to 2 000
 */
public record ScanArea(int width, int height) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,4})x([0-9]{1,4})");
  private static final int LONGEST = 2000;

  /**
   * What the configuration says with the key {@code area}, such as {@code 210x297}; empty leaves it
   * to the scanner.
   *
   * @throws DeviceException {@code UNSUPPORTED} if it is no area
   */
  public static Optional<ScanArea> of(DeviceSettings settings) throws DeviceException {
    Optional<String> text = settings.option("area");
    return text.isPresent() ? Optional.of(parse(text.get())) : Optional.empty();
  }

  private static ScanArea parse(String text) throws DeviceException {
    Matcher form = FORM.matcher(text);
    if (form.matches()) {
      int width = Integer.parseInt(form.group(1));
      int height = Integer.parseInt(form.group(2));
      if (width > 0 && width <= LONGEST && height > 0 && height <= LONGEST) {
        return new ScanArea(width, height);
      }
    }
    throw new DeviceException(
        ErrorCode.UNSUPPORTED, "area must be width x height in millimetres, such as 210x297");
  }
}
