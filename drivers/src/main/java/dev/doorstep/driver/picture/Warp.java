package dev.doorstep.driver.picture;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/**
 * Draws a picture anew, each pixel fetched from where a homography says, between the four there. It
 * works on the bytes of the picture; the library's wants a copy of all in planes, and takes ten
 * times as long.
 */
final class Warp {
  private Warp() {}

  /**
   * The page that fills the quad.
   *
   * @param width the result's width
   * @param height the result's height
   */
  static BufferedImage page(BufferedImage picture, Quad quad, int width, int height) {
    return draw(picture, Perspective.fromRectangle(width, height, quad), width, height);
  }

  /** The picture turned about its middle by so many degrees clockwise; what is new is white. */
  static BufferedImage turned(BufferedImage picture, double degrees) {
    double cos = Math.cos(Math.toRadians(degrees));
    double sin = Math.sin(Math.toRadians(degrees));
    double cx = picture.getWidth() / 2.0;
    double cy = picture.getHeight() / 2.0;
    double[] back = {
      cos, sin, cx - cos * cx - sin * cy, -sin, cos, cy + sin * cx - cos * cy, 0, 0, 1
    };
    return draw(picture, back, picture.getWidth(), picture.getHeight());
  }

  static BufferedImage draw(BufferedImage picture, double[] m, int width, int height) {
    int bands = Canvas.bands(picture);
    BufferedImage result = Canvas.blank(width, height, Canvas.grey(picture));
    byte[] from = Canvas.bytes(picture);
    byte[] into = Canvas.bytes(result);
    int right = picture.getWidth() - 1;
    int bottom = picture.getHeight() - 1;
    int stride = picture.getWidth() * bands;
    int at = 0;
    for (int y = 0; y < height; y++) {
      // pixels are squares: the homography tells of their middles
      double u = m[0] * 0.5 + m[1] * (y + 0.5) + m[2];
      double v = m[3] * 0.5 + m[4] * (y + 0.5) + m[5];
      double w = m[6] * 0.5 + m[7] * (y + 0.5) + m[8];
      for (int x = 0; x < width; x++, at += bands, u += m[0], v += m[3], w += m[6]) {
        double sx = u / w - 0.5;
        double sy = v / w - 0.5;
        if (!(sx > -1 && sy > -1 && sx < right + 1 && sy < bottom + 1)) {
          continue; // outside of the picture: white
        }
        sx = Math.max(0, Math.min(right, sx));
        sy = Math.max(0, Math.min(bottom, sy));
        int x0 = (int) sx;
        int y0 = (int) sy;
        int fx = (int) ((sx - x0) * 256);
        int fy = (int) ((sy - y0) * 256);
        int i = y0 * stride + x0 * bands;
        int next = x0 < right ? bands : 0;
        int below = y0 < bottom ? stride : 0;
        for (int c = 0; c < bands; c++) {
          int a = from[i + c] & 0xFF;
          int b = from[i + next + c] & 0xFF;
          int d = from[i + below + c] & 0xFF;
          int e = from[i + below + next + c] & 0xFF;
          int top = (a << 8) + (b - a) * fx;
          int low = (d << 8) + (e - d) * fx;
          into[at + c] = (byte) (((top << 8) + (low - top) * fy + 0x8000) >> 16);
        }
      }
    }
    return result;
  }

  /** Left and right swapped. */
  static BufferedImage mirrored(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    BufferedImage result = Canvas.blank(width, height, Canvas.grey(picture));
    Graphics2D g = result.createGraphics();
    g.drawImage(picture, width, 0, -width, height, null);
    g.dispose();
    return result;
  }

  /** A quarter of a turn so many times, clockwise, without any loss. */
  static BufferedImage quarters(BufferedImage picture, int turns) {
    if (turns % 4 == 0) {
      return picture;
    }
    int width = picture.getWidth();
    int height = picture.getHeight();
    int bands = Canvas.bands(picture);
    boolean lies = turns % 2 == 1;
    BufferedImage result =
        Canvas.blank(lies ? height : width, lies ? width : height, Canvas.grey(picture));
    byte[] from = Canvas.bytes(picture);
    byte[] into = Canvas.bytes(result);
    int stride = result.getWidth();
    int i = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int to =
            switch (turns % 4) {
              case 1 -> x * stride + height - 1 - y;
              case 2 -> (height - 1 - y) * stride + width - 1 - x;
              default -> (width - 1 - x) * stride + y;
            };
        for (int c = 0; c < bands; c++) {
          into[to * bands + c] = from[i++];
        }
      }
    }
    return result;
  }
}
