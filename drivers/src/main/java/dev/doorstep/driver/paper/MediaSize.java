package dev.doorstep.driver.paper;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The size of a sheet.
 *
 * @param width in micrometres
 * @param height in micrometres
 */
public record MediaSize(int width, int height) {
  /** A0, and a little more. */
  static final int LONGEST = 1_300_000;

  private static final int SHORTEST = 20_000;
  private static final Pattern NAME =
      Pattern.compile("_([0-9]{1,4}(?:\\.[0-9]{1,4})?)x([0-9]{1,4}(?:\\.[0-9]{1,4})?)(mm|in)$");

  /** Checks the range. */
  public MediaSize {
    if (Math.min(width, height) < SHORTEST || Math.max(width, height) > LONGEST) {
      throw new IllegalArgumentException("a sheet has sides of 20 to 1300 mm");
    }
  }

  /** The size that a name of PWG 5101.1 ends with; empty if it has none, or an absurd one. */
  public static Optional<MediaSize> of(String name) {
    Matcher size = NAME.matcher(name);
    if (!size.find()) {
      return Optional.empty();
    }
    int unit = "mm".equals(size.group(3)) ? 1_000 : 25_400;
    long width = Math.round(Double.parseDouble(size.group(1)) * unit);
    long height = Math.round(Double.parseDouble(size.group(2)) * unit);
    return Math.min(width, height) < SHORTEST || Math.max(width, height) > LONGEST
        ? Optional.empty()
        : Optional.of(new MediaSize((int) width, (int) height));
  }

  /** A length in dots. */
  static int dots(int micrometres, int dpi) {
    return (int) Math.round((double) micrometres * dpi / 25_400);
  }

  /** A length in points of 1/72 inch. */
  static double points(int micrometres) {
    return micrometres * 72.0 / 25_400;
  }
}
