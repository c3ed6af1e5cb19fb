package dev.doorstep.driver.paper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.protocol.operation.PrintDocument.Duplex;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PwgRasterTest {
  private static final int WIDTH = 300;
  private static final int HEIGHT = 20;

  /** One dot alone before each pair of equal ones is the most that packing can cost. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void greyThatDoesNotPackComesOutAsItIs(int grain) throws IOException {
    Layout layout =
        new Layout(
            Form.PWG_RASTER,
            List.of(),
            1,
            Duplex.ONE_SIDED,
            MediaSize.of("iso_a4_210x297mm").orElseThrow(),
            Layout.FINEST,
            true,
            SheetBack.NORMAL);
    PwgRaster raster = new PwgRaster(layout, 1);
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    Random random = new Random(grain);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int pairs = x % 3 == 0 ? 100 : 120 + x / 3 % 50;
        int dot = grain == 0 ? pairs : 200 + random.nextInt(2 * grain + 1) - grain;
        image.getRaster().setSample(x, y, 0, dot);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(PwgRaster.SYNC);

    raster.write(image, 0, out);

    PwgPages.Side side = PwgPages.of(out.toByteArray()).get(0);
    int step = side.width() / WIDTH;
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        assertThat(side.dots().get(y * step * side.width() + x * step) & 0xFF)
            .as("%d, %d", x, y)
            .isEqualTo(image.getRaster().getSample(x, y, 0));
      }
    }
  }
}
