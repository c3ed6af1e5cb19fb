package dev.doorstep.driver.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class HuffmanTablesTest {
  /** The encoder of the JDK uses the standard tables unless it is told to optimize them. */
  private static byte[] picture() throws IOException {
    BufferedImage picture = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = picture.createGraphics();
    pen.setColor(Color.ORANGE);
    pen.fillOval(5, 5, 40, 30);
    pen.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(picture, "jpeg", bytes);
    return bytes.toByteArray();
  }

  private static byte[] withoutTables(byte[] jpeg) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    int at = 2;
    while ((jpeg[at + 1] & 0xFF) != 0xDA) {
      int length = 2 + (((jpeg[at + 2] & 0xFF) << 8) | (jpeg[at + 3] & 0xFF));
      if ((jpeg[at + 1] & 0xFF) != 0xC4) {
        out.write(jpeg, at, length);
      }
      at += length;
    }
    out.write(jpeg, at, jpeg.length - at);
    return out.toByteArray();
  }

  @Test
  void aPictureWithoutTablesGetsTheStandardOnes() throws IOException {
    byte[] whole = picture();
    byte[] bare = withoutTables(whole);
    assertThat(bare.length).isLessThan(whole.length);

    byte[] mended = HuffmanTables.in(bare);

    assertThat(HuffmanTables.in(mended)).isSameAs(mended);
    assertThat(mended).hasSize(bare.length + 2 + 418);
    BufferedImage shown = ImageIO.read(new ByteArrayInputStream(mended));
    BufferedImage meant = ImageIO.read(new ByteArrayInputStream(whole));
    for (int x = 0; x < 64; x++) {
      assertThat(shown.getRGB(x, 20)).isEqualTo(meant.getRGB(x, 20));
    }
  }

  @Test
  void aPictureWithTablesAndWhatIsNoneStayAsTheyAre() throws IOException {
    byte[] whole = picture();
    assertThat(HuffmanTables.in(whole)).isSameAs(whole);
    for (int length = 0; length < 200; length++) {
      byte[] part = Arrays.copyOf(withoutTables(whole), length);
      assertThat(HuffmanTables.in(part).length).isGreaterThanOrEqualTo(length);
    }
  }
}
