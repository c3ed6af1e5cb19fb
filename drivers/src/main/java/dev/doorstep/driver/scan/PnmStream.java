package dev.doorstep.driver.scan;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The rows of a page as a PNM, made while it is read (Netpbm's pbm(5), pgm(5) and ppm(5), the raw
 * forms): a head, and the rows without anything between them.
 */
final class PnmStream extends InputStream {
  private final Raster raster;
  private final PagePixels pixels;
  private final byte[] row;
  private byte[] part;
  private int next;
  private int left;

  /** Of a page whose height is known. */
  PnmStream(Raster raster, PagePixels pixels) {
    this.raster = raster;
    this.pixels = pixels;
    this.row = new byte[raster.rowBytes()];
    this.left = raster.height().orElseThrow();
    String size = raster.width() + " " + left + "\n";
    String head =
        switch (raster.pixel()) {
          case BIT -> "P4\n" + size;
          case GRAY -> "P5\n" + size + "255\n";
          case RGB -> "P6\n" + size + "255\n";
        };
    this.part = head.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    if (length == 0) {
      return 0;
    }
    if (next == part.length) {
      if (left == 0) {
        return -1;
      }
      fill();
    }
    int count = Math.min(length, part.length - next);
    System.arraycopy(part, next, buffer, offset, count);
    next += count;
    return count;
  }

  private void fill() throws IOException {
    pixels.next(row);
    left--;
    if (raster.pixel() == Raster.Pixel.BIT) {
      for (int i = 0; i < row.length; i++) {
        row[i] = (byte) ~row[i]; // 1 is black there
      }
    }
    part = row;
    next = 0;
  }
}
