package dev.doorstep.driver.scan;

import java.util.OptionalInt;

/**
 * How the rows of a page look.
 *
 * @param width pixels in a row, 1 to 65 500
 * @param height how many rows, 1 to 65 500; empty if the scanner knows it at the page's end only
 * @param pixel what a pixel is
 * @param dpi dots per inch, 1 to 65 535, if known
 */
public record Raster(int width, OptionalInt height, Pixel pixel, OptionalInt dpi) {
  /** The most pixels of a row, and the most rows: what a JPEG holds. */
  public static final int LONGEST = 65_500;

  /** Checks the ranges. */
  public Raster {
    if (width < 1 || width > LONGEST || height.orElse(1) < 1 || height.orElse(1) > LONGEST) {
      throw new IllegalArgumentException("width and height must be from 1 to " + LONGEST);
    }
    if (dpi.orElse(1) < 1 || dpi.orElse(1) > 0xFFFF) {
      throw new IllegalArgumentException("dpi must be from 1 to 65535");
    }
  }

  /** What a pixel is. */
  public enum Pixel {
    /** A bit, the first in the highest one of its byte; 0 is black. A row is filled up to bytes. */
    BIT,
    /** A byte; 0 is black. */
    GRAY,
    /** Three bytes: red, green, blue. */
    RGB
  }

  /** How many bytes a row has. */
  public int rowBytes() {
    return switch (pixel) {
      case BIT -> (width + 7) / 8;
      case GRAY -> width;
      case RGB -> 3 * width;
    };
  }

  /** The same turned by a quarter; of one whose height is known. */
  Raster lying() {
    return new Raster(height.orElseThrow(), OptionalInt.of(width), pixel, dpi);
  }

  /** The same with so many rows. */
  Raster withHeight(int rows) {
    return new Raster(width, OptionalInt.of(rows), pixel, dpi);
  }
}
