package dev.doorstep.driver.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A picture whose top left corner is red and whose top right corner is blue, as it is stored: where
 * both are to be seen is what EXIF 2.32 says of rows and columns, for each of the eight.
 */
public final class MarkedPicture {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 200;

  /** Where the first row begins and where it ends, from orientation 1 on. */
  private static final List<List<Corner>> ENDS =
      List.of(
          List.of(Corner.TOP_LEFT, Corner.TOP_RIGHT),
          List.of(Corner.TOP_RIGHT, Corner.TOP_LEFT),
          List.of(Corner.BOTTOM_RIGHT, Corner.BOTTOM_LEFT),
          List.of(Corner.BOTTOM_LEFT, Corner.BOTTOM_RIGHT),
          List.of(Corner.TOP_LEFT, Corner.BOTTOM_LEFT),
          List.of(Corner.TOP_RIGHT, Corner.BOTTOM_RIGHT),
          List.of(Corner.BOTTOM_RIGHT, Corner.TOP_RIGHT),
          List.of(Corner.BOTTOM_LEFT, Corner.TOP_LEFT));

  private MarkedPicture() {}

  private enum Corner {
    TOP_LEFT(false, false),
    TOP_RIGHT(true, false),
    BOTTOM_RIGHT(true, true),
    BOTTOM_LEFT(false, true);

    private final boolean right;
    private final boolean below;

    Corner(boolean right, boolean below) {
      this.right = right;
      this.below = below;
    }

    private Color in(BufferedImage picture) {
      int x = right ? picture.getWidth() - 20 : 20;
      int y = below ? picture.getHeight() - 20 : 20;
      if (picture.getType() == BufferedImage.TYPE_BYTE_GRAY) {
        int shade = picture.getRaster().getSample(x, y, 0);
        return new Color(shade, shade, shade);
      }
      return new Color(picture.getRGB(x, y));
    }
  }

  /** The picture, which says that it is to be shown so. */
  public static byte[] jpeg(int orientation, boolean little) throws IOException {
    return exif(stored(), orientation, little);
  }

  /** Demands that it is seen as it is to be shown. */
  public static void demandShown(BufferedImage seen, int orientation, String as) {
    List<Corner> ends = ENDS.get(orientation - 1);
    assertThat(seen.getWidth() > seen.getHeight()).as(as).isEqualTo(orientation < 5);
    boolean grey = seen.getType() == BufferedImage.TYPE_BYTE_GRAY;
    demand(ends.get(0).in(seen), grey ? new Color(77, 77, 77) : Color.RED, as); // ITU-R BT.601
    demand(ends.get(1).in(seen), grey ? new Color(29, 29, 29) : Color.BLUE, as);
  }

  private static void demand(Color seen, Color expected, String as) {
    assertThat(seen.getRed()).as(as).isCloseTo(expected.getRed(), within(30));
    assertThat(seen.getBlue()).as(as).isCloseTo(expected.getBlue(), within(30));
  }

  static byte[] stored() throws IOException {
    BufferedImage picture = Canvas.blank(WIDTH, HEIGHT, false);
    Graphics2D g = picture.createGraphics();
    g.setColor(Color.RED);
    g.fillRect(0, 0, 60, 60);
    g.setColor(Color.BLUE);
    g.fillRect(WIDTH - 60, 0, 60, 60);
    g.dispose();
    return JpegEncoder.encode(picture, 95, Optional.empty());
  }

  /** The JPEG with an APP1 segment in front that has this tag alone (EXIF 2.32, 4.5). */
  static byte[] exif(byte[] jpeg, int orientation, boolean little) {
    int[] value = {orientation >> 8 & 0xFF, orientation & 0xFF};
    int[] tiff =
        little
            ? new int[] {
              'I', 'I', 0x2A, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, value[1], value[0], 0,
              0, 0, 0, 0, 0
            }
            : new int[] {
              'M', 'M', 0, 0x2A, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, value[0], value[1], 0,
              0, 0, 0, 0, 0
            };
    byte[] name = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.write(0xFF);
    out.write(0xE1);
    out.write(0);
    out.write(2 + name.length + tiff.length);
    out.writeBytes(name);
    for (int b : tiff) {
      out.write(b);
    }
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }
}
