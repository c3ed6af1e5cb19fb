package dev.doorstep.driver.picture;

import dev.doorstep.protocol.operation.CaptureDocument;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Works on a made-up picture while nothing is asked: the process starts while a camera wakes, and
 * code that has never run makes the first picture take twice as long.
 */
final class WarmUp {
  private static final int ROUNDS = 10;
  private static final int WIDTH = 1024;
  private static final int HEIGHT = 768;
  private static final int QUALITY = 85;

  /** A page that is found and made flat. */
  private static final Order ORDER =
      new Order(
          CaptureDocument.Format.JPEG,
          CaptureDocument.Color.COLOR,
          false,
          true,
          false,
          false,
          false,
          0,
          QUALITY,
          0,
          0);

  private WarmUp() {}

  /** Goes on until something is asked, a second or so at most. */
  static void until(BooleanSupplier asked) throws IOException {
    try {
      byte[] jpeg = JpegEncoder.encode(page(), QUALITY, Optional.empty());
      for (int round = 0; round < ROUNDS && !asked.getAsBoolean(); round++) {
        DocumentMaker maker = new DocumentMaker(ORDER);
        maker.add(new ByteArrayInputStream(jpeg), PictureSource.View.CAMERA, 0, true);
      }
    } catch (Refusal e) {
      throw new IOException("the picture is this program's own", e);
    }
  }

  /** A sheet with lines of text, a little askew on a desk. */
  private static BufferedImage page() {
    BufferedImage picture = Canvas.blank(WIDTH, HEIGHT, false);
    Graphics2D pen = picture.createGraphics();
    pen.setColor(new Color(110, 90, 70));
    pen.fillRect(0, 0, WIDTH, HEIGHT);
    pen.setColor(Color.WHITE);
    pen.fill(new Polygon(new int[] {290, 730, 760, 270}, new int[] {70, 90, 700, 690}, 4));
    pen.setColor(Color.DARK_GRAY);
    for (int line = 0; line < 20; line++) {
      pen.fillRect(350, 140 + 25 * line, 300 - line % 4 * 40, 8);
    }
    pen.dispose();
    return picture;
  }
}
