package dev.doorstep.driver.picture;

import boofcv.struct.image.GrayF32;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A picture made so small that noise and letters blur and sides stay: each of its pixels is the
 * mean of those it stands for, in three colours. The library's own needs the whole picture a second
 * time, in planes; this reads it where it is.
 *
 * @param scale how many pixels of the picture one of these is wide and high
 */
record Thumbnail(List<GrayF32> planes, double scale) {
  Thumbnail {
    planes = List.copyOf(planes);
  }

  /** Makes one whose longer side is at most so long. */
  static Thumbnail of(BufferedImage picture, int longest) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    double scale = Math.max(1, Math.max(width, height) / (double) longest);
    int across = Math.max(1, (int) (width / scale));
    int down = Math.max(1, (int) (height / scale));
    List<GrayF32> planes =
        List.of(new GrayF32(across, down), new GrayF32(across, down), new GrayF32(across, down));
    int bands = picture.getRaster().getNumBands();
    byte[] bytes = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
    int[] columns = new int[across + 1];
    for (int x = 0; x <= across; x++) {
      columns[x] = Math.min(width, (int) Math.round(x * scale));
    }
    int[] sums = new int[3 * across];
    for (int y = 0; y < down; y++) {
      int top = (int) Math.round(y * scale);
      int bottom = Math.min(height, (int) Math.round((y + 1) * scale));
      Arrays.fill(sums, 0);
      for (int row = top; row < bottom; row++) {
        int at = row * width * bands;
        for (int x = 0; x < across; x++) {
          int b = 0;
          int g = 0;
          int r = 0;
          for (int i = columns[x]; i < columns[x + 1]; i++, at += bands) {
            b += bytes[at] & 0xFF;
            if (bands == 3) {
              g += bytes[at + 1] & 0xFF;
              r += bytes[at + 2] & 0xFF;
            }
          }
          sums[3 * x] += b;
          sums[3 * x + 1] += bands == 3 ? g : b;
          sums[3 * x + 2] += bands == 3 ? r : b;
        }
      }
      for (int x = 0; x < across; x++) {
        float count = (bottom - top) * (columns[x + 1] - columns[x]);
        for (int c = 0; c < 3; c++) {
          planes.get(c).data[y * across + x] = sums[3 * x + c] / count;
        }
      }
    }
    return new Thumbnail(planes, scale);
  }

  /**
   * The same with its rim carried on outward by so many pixels: a strip of desk between a page and
   * the end of the picture, however narrow, becomes as wide as that.
   */
  Thumbnail framed(int margin) {
    List<GrayF32> wider = new ArrayList<>();
    for (GrayF32 plane : planes) {
      GrayF32 framed = new GrayF32(plane.width + 2 * margin, plane.height + 2 * margin);
      wider.add(framed);
      for (int y = 0; y < framed.height; y++) {
        int row = Math.max(0, Math.min(plane.height - 1, y - margin)) * plane.width;
        for (int x = 0; x < framed.width; x++) {
          int column = Math.max(0, Math.min(plane.width - 1, x - margin));
          framed.data[y * framed.width + x] = plane.data[row + column];
        }
      }
    }
    return new Thumbnail(wider, scale);
  }

  int width() {
    return planes.get(0).width;
  }

  int height() {
    return planes.get(0).height;
  }
}
