package dev.doorstep.driver.picture;

import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Plain pixels with a head, read straight to where they belong: a page of 100 MB is there once
 * (Netpbm's PBM, PGM and PPM in their raw forms).
 *
 * <pre>
 *   P6 white width white height white most one-white  rows of red green blue
 *   P5 …                                              rows of grey
 *   P4 white width white height one-white             rows of bits, 1 is black, filled to bytes
 * </pre>
 */
final class Pnm {
  private Pnm() {}

  static BufferedImage read(InputStream in) throws IOException, Refusal {
    in.read(); // P
    int kind = in.read();
    int width = number(in);
    int height = number(in);
    if (kind != '4' && number(in) != 255) {
      throw Refusal.bad("a PNM whose values are not 0 to 255");
    }
    PictureDecoder.check(width, height);
    BufferedImage picture = Canvas.blank(width, height, kind != '6');
    byte[] pixels = Canvas.bytes(picture);
    int rowLength = kind == '6' ? 3 * width : width;
    byte[] bits = new byte[(width + 7) / 8];
    for (int y = 0; y < height; y++) {
      int at = y * rowLength;
      if (kind == '4') {
        fill(in, bits, 0, bits.length, y);
        for (int x = 0; x < width; x++) {
          pixels[at + x] = (byte) ((bits[x >> 3] >> (7 - (x & 7)) & 1) == 1 ? 0 : 0xFF);
        }
      } else {
        fill(in, pixels, at, rowLength, y);
        if (kind == '6') {
          swap(pixels, at, at + rowLength);
        }
      }
    }
    return picture;
  }

  private static void fill(InputStream in, byte[] into, int offset, int length, int row)
      throws IOException, Refusal {
    try {
      int count = in.readNBytes(into, offset, length);
      if (count < length) {
        throw Refusal.bad("a PNM that ends in row " + row);
      }
    } catch (EOFException e) {
      throw new IOException(e);
    }
  }

  private static void swap(byte[] pixels, int from, int until) {
    for (int i = from; i < until; i += 3) {
      byte red = pixels[i];
      pixels[i] = pixels[i + 2];
      pixels[i + 2] = red;
    }
  }

  private static int number(InputStream in) throws IOException, Refusal {
    int b = in.read();
    while (b == ' ' || b == '\n' || b == '\r' || b == '\t' || b == '#') {
      while (b == '#' && b >= 0) {
        int c = in.read();
        b = c == '\n' || c < 0 ? c : '#';
      }
      b = b < 0 ? b : in.read();
    }
    int value = 0;
    int digits = 0;
    while (b >= '0' && b <= '9' && digits < 7) {
      value = 10 * value + b - '0';
      digits++;
      b = in.read();
    }
    if (digits == 0) {
      throw Refusal.bad("a PNM without its size");
    }
    return value;
  }
}
