package dev.doorstep.driver.escpos;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;

/**
 * A picture in black dots as the printer takes it, in bands: 1D 76 30 00, bytes in a row (two
 * bytes, low first), rows (two bytes), the rows. The most significant bit is the left dot.
 *
 * <p>A printer obeys 10 04, 10 05 and 10 14 even there. So where these stand side by side the first
 * gets a dot more, which nobody sees.
 */
final class DotBands {
  /** A band that came half is completed by what ends any command: 8192 zeros. */
  static final int ROWS = 64;

  private static final int DLE = 0x10;
  private static final int ONE_DOT_MORE = 0x18;
  private static final int WHITE = 255;

  private DotBands() {}

  /** The bytes of a picture in grey. */
  static byte[] of(BufferedImage grey) {
    int width = (grey.getWidth() + 7) / 8;
    byte[] dots = dithered(grey.getRaster(), width);
    makeHarmless(dots);
    ByteArrayOutputStream out = new ByteArrayOutputStream(dots.length + 1024);
    for (int row = 0; row < grey.getHeight(); row += ROWS) {
      int rows = Math.min(ROWS, grey.getHeight() - row);
      out.writeBytes(new byte[] {0x1D, 'v', '0', 0, (byte) width, (byte) (width >> 8)});
      out.writeBytes(new byte[] {(byte) rows, (byte) (rows >> 8)});
      out.write(dots, row * width, rows * width);
    }
    return out.toByteArray();
  }

  /** Floyd and Steinberg: what a dot is too dark or too light its neighbours make good. */
  private static byte[] dithered(Raster grey, int width) {
    int columns = grey.getWidth();
    byte[] dots = new byte[width * grey.getHeight()];
    int[] shades = new int[columns];
    int[] debt = new int[columns + 2]; // of this row, in sixteenths, from one column to the left
    for (int y = 0; y < grey.getHeight(); y++) {
      grey.getSamples(0, y, columns, 1, 0, shades);
      int[] next = new int[columns + 2];
      int ahead = 0;
      for (int x = 0; x < columns; x++) {
        int shade = shades[x] + (debt[x + 1] + ahead) / 16;
        boolean black = shade <= WHITE / 2;
        if (black) {
          dots[y * width + x / 8] |= (byte) (0x80 >> x % 8);
        }
        int error = black ? shade : shade - WHITE;
        ahead = error * 7;
        next[x] += error * 3;
        next[x + 1] += error * 5;
        next[x + 2] += error;
      }
      debt = next;
    }
    return dots;
  }

  private static void makeHarmless(byte[] dots) {
    for (int i = 1; i < dots.length; i++) {
      boolean obeyed = dots[i] == 0x04 || dots[i] == 0x05 || dots[i] == 0x14;
      if (obeyed && dots[i - 1] == DLE) {
        dots[i - 1] = ONE_DOT_MORE;
      }
    }
  }
}
