package dev.doorstep.driver.esclscanner;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Collections;
import java.util.List;

/** Sheets of paper that tests know. */
final class Sheets {
  private Sheets() {}

  /** Four quarters: red, green, blue, white. */
  static BufferedImage quarters() {
    BufferedImage sheet = new BufferedImage(200, 200, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = sheet.createGraphics();
    Color[] colors = {Color.RED, Color.GREEN, Color.BLUE, Color.WHITE};
    for (int i = 0; i < 4; i++) {
      g.setColor(colors[i]);
      g.fillRect(100 * (i % 2), 100 * (i / 2), 100, 100);
    }
    g.dispose();
    return sheet;
  }

  /** A sheet of 6 by 8 inches with a black square in its middle, on a dark lid of A4. */
  static BufferedImage askew(double degrees) {
    BufferedImage glass = new BufferedImage(827, 1169, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = glass.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setColor(Color.DARK_GRAY);
    g.fillRect(0, 0, 827, 1169);
    g.rotate(Math.toRadians(degrees), 413, 585);
    g.setColor(Color.WHITE);
    g.fillRect(113, 185, 600, 800);
    g.setColor(Color.BLACK);
    g.fillRect(363, 535, 100, 100);
    g.dispose();
    return glass;
  }

  static List<BufferedImage> stack(int count) {
    return Collections.nCopies(count, quarters());
  }
}
