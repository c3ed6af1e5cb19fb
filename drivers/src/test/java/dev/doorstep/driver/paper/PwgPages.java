package dev.doorstep.driver.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads a PWG raster as a printer does (PWG 5102.4). */
public final class PwgPages {
  private PwgPages() {}

  /**
   * A side.
   *
   * @param width in dots
   * @param height in lines
   * @param dpi how fine
   * @param depth bytes of a dot
   * @param dots all of them
   */
  public record Side(int width, int height, int dpi, int depth, ByteBuffer dots) {
    /** The first byte of a dot. */
    public int at(double across, double along) {
      int x = (int) (across * (width - 1));
      int y = (int) (along * (height - 1));
      return dots.get((y * width + x) * depth) & 0xFF;
    }
  }

  /** The sides of a raster, which is read to its end. */
  public static List<Side> of(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    assertThat(in.getInt()).isEqualTo(0x52615332);
    List<Side> sides = new ArrayList<>();
    while (in.hasRemaining()) {
      ByteBuffer header = in.slice(in.position(), 1796);
      in.position(in.position() + 1796);
      int width = header.getInt(372);
      int height = header.getInt(376);
      int depth = header.getInt(388) / 8;
      assertThat(header.getInt(392)).isEqualTo(width * depth);
      byte[] dots = new byte[width * height * depth];
      int line = width * depth;
      for (int y = 0; y < height; ) {
        int equal = (in.get() & 0xFF) + 1;
        for (int x = 0; x < line; ) {
          int code = in.get();
          int count = code >= 0 ? code + 1 : 1 - code;
          byte[] dot = new byte[depth];
          for (int i = 0; i < count; i++) {
            if (i == 0 || code < 0) {
              in.get(dot);
            }
            System.arraycopy(dot, 0, dots, y * line + x, depth);
            x += depth;
          }
        }
        for (int i = 1; i < equal; i++) {
          System.arraycopy(dots, y * line, dots, (y + i) * line, line);
        }
        y += equal;
      }
      sides.add(new Side(width, height, header.getInt(276), depth, ByteBuffer.wrap(dots)));
    }
    return sides;
  }
}
