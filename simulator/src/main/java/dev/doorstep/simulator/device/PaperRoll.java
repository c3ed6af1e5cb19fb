package dev.doorstep.simulator.device;

import com.google.zxing.qrcode.encoder.ByteMatrix;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** The paper below the print head: what is drawn on it, and how far it has moved. */
final class PaperRoll {

  /** Dots across, of 203 to the inch: 72 mm of an 80 mm roll. */
  static final int WIDTH = 576;

  private static final int MARGIN = 24;
  private static final int MAX_LENGTH = 16_000;
  private static final int TALLEST = 2048;
  private static final int EM = 24;
  private static final int BASELINE = 21;

  private BufferedImage paper = blank(TALLEST);
  private Graphics2D pen = pen(paper);
  private int y = MARGIN;

  /** Draws a character, its cell's top the given dots below the head. */
  void glyph(PrintHead.Glyph glyph, int x, int below) {
    String text = Character.toString(glyph.codePoint());
    Font font = ChineseFont.monospaced(EM);
    Graphics2D g = (Graphics2D) pen.create();
    try {
      g.setFont(glyph.bold() ? font.deriveFont(Font.BOLD) : font);
      // The cell decides, not the font: one with other widths than a printer's is squeezed.
      int natural = Math.max(1, g.getFontMetrics().stringWidth(text));
      g.translate(x, y + below);
      g.scale((double) glyph.width() / natural, (double) glyph.height() / EM);
      g.drawString(text, 0, BASELINE);
    } finally {
      g.dispose();
    }
  }

  /** Draws the dark modules of a symbol, downwards from the head. */
  void modules(ByteMatrix matrix, int size, int x) {
    for (int row = 0; row < matrix.getHeight(); row++) {
      for (int column = 0; column < matrix.getWidth(); column++) {
        if (matrix.get(column, row) == 1) {
          pen.fillRect(x + column * size, y + row * size, size, size);
        }
      }
    }
  }

  /** Draws a dot of a picture at the head; what is beside the paper is lost. */
  void dot(int x, int width, int height) {
    pen.fillRect(x, y, width, height);
  }

  /** Moves the paper on. */
  void advance(int dots) {
    y += dots;
    if (y + TALLEST > paper.getHeight()) {
      BufferedImage longer = blank(y + 2 * TALLEST);
      pen.dispose();
      pen = pen(longer);
      pen.drawImage(paper, 0, 0, null);
      paper = longer;
    }
  }

  boolean full() {
    return y > MAX_LENGTH;
  }

  /** The paper up to the head and a margin; this roll is used up afterwards. */
  BufferedImage tearOff() {
    BufferedImage ticket = blank(y + MARGIN);
    Graphics2D g = ticket.createGraphics();
    g.drawImage(paper, 0, 0, null);
    g.dispose();
    pen.dispose();
    return ticket;
  }

  private static BufferedImage blank(int height) {
    BufferedImage image = new BufferedImage(WIDTH, height, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D g = image.createGraphics();
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, WIDTH, height);
    g.dispose();
    return image;
  }

  private static Graphics2D pen(BufferedImage image) {
    Graphics2D g = image.createGraphics();
    g.setColor(Color.BLACK);
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    return g;
  }
}
