package dev.doorstep.driver.picture;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Arrays;

/** Pictures of one byte for each colour, and their bytes. */
final class Canvas {
  private Canvas() {}

  /** A white picture. */
  static BufferedImage blank(int width, int height, boolean grey) {
    BufferedImage picture =
        new BufferedImage(
            width, height, grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
    Arrays.fill(bytes(picture), (byte) 0xFF);
    return picture;
  }

  /** Its bytes themselves: row by row, blue before green before red. */
  static byte[] bytes(BufferedImage picture) {
    return ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
  }

  static boolean grey(BufferedImage picture) {
    return picture.getType() == BufferedImage.TYPE_BYTE_GRAY;
  }

  static int bands(BufferedImage picture) {
    return grey(picture) ? 1 : 3;
  }
}
