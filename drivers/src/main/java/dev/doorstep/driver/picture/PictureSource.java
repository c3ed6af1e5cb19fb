package dev.doorstep.driver.picture;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.OptionalInt;

/**
 * One page as its device gives it.
 *
 * @param bytes a JPEG, PNG, BMP, GIF, or PNM ({@code P4}, {@code P5}, {@code P6}: a head and the
 *     rows, which suits a scanner that gives nothing else); read once, to its end, and closed
 * @param dpi dots per inch, where the device knows: a scanner
 * @param view whether a camera looked at a desk on which a page lies, or a scanner gave the page
 */
public record PictureSource(InputStream bytes, OptionalInt dpi, View view) {
  /** The most pixels: a page of A4 at 800 dpi is 62 megapixels, one of A3 at 400 dpi 31. */
  public static final long MOST_PIXELS = 64_000_000;

  /** The most pixels of a side. */
  public static final int LONGEST_SIDE = 32_767;

  /** How the device saw the page. */
  public enum View {
    /** From above, on a desk: the page is looked for, and may be tilted. */
    CAMERA,
    /** Flat: the picture is the page, perhaps with a rim around it, perhaps turned a little. */
    SCANNER
  }

  /** A camera's picture. */
  public static PictureSource camera(byte[] picture) {
    return new PictureSource(new ByteArrayInputStream(picture), OptionalInt.empty(), View.CAMERA);
  }

  /** A scanner's page. */
  public static PictureSource scanner(InputStream picture, int dpi) {
    return new PictureSource(picture, OptionalInt.of(dpi), View.SCANNER);
  }
}
