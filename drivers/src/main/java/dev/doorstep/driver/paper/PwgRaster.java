package dev.doorstep.driver.paper;

import dev.doorstep.protocol.operation.PrintDocument.Duplex;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Pages as dots, for printers that know no more (PWG 5102.4). */
final class PwgRaster {
  /** Stands before the first page. */
  static final byte[] SYNC = "RaS2".getBytes(StandardCharsets.US_ASCII);

  private static final int HEADER = 1796;
  private static final int GRAY_SPACE = 18;
  private static final int COLOR_SPACE = 19;
  private static final int LONGEST_RUN = 128;
  private static final int MOST_LINES = 256;
  private static final int NORMAL_QUALITY = 4;

  private final Layout layout;
  private final int pages;
  private final int step;

  /** A raster of so many sides. */
  PwgRaster(Layout layout, int pages) {
    this.layout = layout;
    this.pages = pages;
    int wanted = (layout.dpi() + Layout.FINEST - 1) / Layout.FINEST;
    this.step = layout.dpi() % wanted == 0 ? wanted : 1;
  }

  /** How fine to render: each dot is printed as several of a finer printer. */
  int renderDpi() {
    return layout.dpi() / step;
  }

  /** Writes a side, counted from 0. */
  void write(BufferedImage image, int side, OutputStream out) throws IOException {
    boolean back = layout.duplex() != Duplex.ONE_SIDED && side % 2 == 1;
    boolean across = back && layout.back().mirrorsAcross(layout.duplex());
    boolean along = back && layout.back().mirrorsAlong(layout.duplex());
    out.write(header(image, across, along));
    int lines = image.getHeight();
    byte[] line = line(image, along ? lines - 1 : 0, across);
    int equal = 1;
    for (int i = 1; i < lines; i++) {
      byte[] next = line(image, along ? lines - 1 - i : i, across);
      if (Arrays.equals(line, next)) {
        equal++;
      } else {
        write(line, equal * step, out);
        line = next;
        equal = 1;
      }
    }
    write(line, equal * step, out);
  }

  private int depth() {
    return layout.gray() ? 1 : 3;
  }

  private byte[] header(BufferedImage image, boolean across, boolean along) {
    int width = image.getWidth() * step;
    int height = image.getHeight() * step;
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    header.put(0, "PwgRaster".getBytes(StandardCharsets.US_ASCII));
    header.putInt(272, layout.duplex() == Duplex.ONE_SIDED ? 0 : 1);
    header.putInt(276, layout.dpi());
    header.putInt(280, layout.dpi());
    header.putInt(352, (int) Math.round(MediaSize.points(layout.media().width())));
    header.putInt(356, (int) Math.round(MediaSize.points(layout.media().height())));
    header.putInt(368, layout.duplex() == Duplex.SHORT_EDGE ? 1 : 0);
    header.putInt(372, width);
    header.putInt(376, height);
    header.putInt(384, 8);
    header.putInt(388, 8 * depth());
    header.putInt(392, width * depth());
    header.putInt(400, layout.gray() ? GRAY_SPACE : COLOR_SPACE);
    header.putInt(420, depth());
    header.putInt(452, pages);
    header.putInt(456, across ? -1 : 1);
    header.putInt(460, along ? -1 : 1);
    header.putInt(472, width); // of the box around what is printed, that is all
    header.putInt(476, height);
    header.putInt(484, NORMAL_QUALITY);
    return header.array();
  }

  /** A line in the order of the wire: grey, or red, green, blue. */
  private byte[] line(BufferedImage image, int y, boolean mirrored) {
    byte[] dots = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    int depth = depth();
    int width = image.getWidth();
    byte[] line = new byte[width * step * depth];
    int to = 0;
    for (int x = 0; x < width; x++) {
      int from = (y * width + (mirrored ? width - 1 - x : x)) * depth;
      for (int i = 0; i < step; i++) {
        for (int part = depth - 1; part >= 0; part--) {
          line[to++] = dots[from + part]; // the image has blue first
        }
      }
    }
    return line;
  }

  private void write(byte[] line, int equal, OutputStream out) throws IOException {
    byte[] packed = packed(line);
    for (int left = equal; left > 0; left -= MOST_LINES) {
      out.write(Math.min(left, MOST_LINES) - 1);
      out.write(packed);
    }
  }

  private byte[] packed(byte[] line) {
    int depth = depth();
    int dots = line.length / depth;
    // at the worst a dot alone before each pair of equal ones, which takes a byte of its own
    ByteBuffer packed = ByteBuffer.allocate(line.length + dots / 2 + 2);
    int at = 0;
    while (at < dots) {
      int run = 1;
      while (at + run < dots && run < LONGEST_RUN && same(line, at, at + run, depth)) {
        run++;
      }
      if (run > 1) {
        packed.put((byte) (run - 1)).put(line, at * depth, depth);
        at += run;
        continue;
      }
      int from = at++;
      while (at < dots
          && at - from < LONGEST_RUN
          && (at + 1 == dots || !same(line, at, at + 1, depth))) {
        at++;
      }
      int count = at - from;
      packed.put((byte) (count == 1 ? 0 : 257 - count)).put(line, from * depth, count * depth);
    }
    return Arrays.copyOf(packed.array(), packed.position());
  }

  private static boolean same(byte[] line, int a, int b, int depth) {
    for (int i = 0; i < depth; i++) {
      if (line[a * depth + i] != line[b * depth + i]) {
        return false;
      }
    }
    return true;
  }
}
