package dev.doorstep.simulator.device;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Sets lines and symbols on the paper of a receipt printer: 576 dots wide, characters of 12 (Latin)
 * or 24 (Chinese) by 24 dots, up to eight times as wide and high.
 */
final class PrintHead {

  private static final int LINE = 30;
  private static final int CELL = 24;
  private static final int GAP = LINE - CELL;
  private static final int QR_MARGIN = 12;

  private final Consumer<Ticket> cutOff;
  private final QrSymbol qr = new QrSymbol();
  private final BarcodeSymbol barcode = new BarcodeSymbol();
  private final List<Glyph> line = new ArrayList<>();
  private PaperRoll roll = new PaperRoll();
  private StringBuilder words = new StringBuilder();
  private int align;
  private boolean bold;
  private int widthFactor = 1;
  private int heightFactor = 1;

  /** A character in its cell, sizes in dots. */
  record Glyph(int codePoint, boolean bold, int width, int height) {}

  PrintHead(Consumer<Ticket> cutOff) {
    this.cutOff = cutOff;
  }

  void reset() {
    line.clear();
    qr.reset();
    barcode.reset();
    align = 0;
    bold = false;
    size(1, 1);
  }

  void align(int side) {
    align = side;
  }

  void bold(boolean on) {
    bold = on;
  }

  void size(int times, int timesHigh) {
    widthFactor = Math.min(times, 8);
    heightFactor = Math.min(timesHigh, 8);
  }

  void character(int codePoint, boolean wide) {
    int width = (wide ? CELL : CELL / 2) * widthFactor;
    if (lineWidth() + width > PaperRoll.WIDTH) {
      lineFeed();
    }
    line.add(new Glyph(codePoint, bold, width, CELL * heightFactor));
  }

  void lineFeed() {
    int height = line.stream().mapToInt(Glyph::height).max().orElse(CELL);
    int x = left(lineWidth());
    for (Glyph glyph : line) {
      roll.glyph(glyph, x, height - glyph.height());
      x += glyph.width();
      words.appendCodePoint(glyph.codePoint());
    }
    words.append('\n');
    line.clear();
    advance(height + GAP);
  }

  void feedLines(int lines) {
    if (!line.isEmpty()) {
      lineFeed();
    }
    advance(lines * LINE);
  }

  void feedDots(int dots) {
    if (!line.isEmpty()) {
      lineFeed();
    }
    advance(dots);
  }

  /** A QR function: its number and its parameters. */
  void qr(int function, byte[] parameters) {
    if (function != QrSymbol.PRINT) {
      qr.set(function, parameters);
      return;
    }
    feedDots(QR_MARGIN);
    qr.encode()
        .ifPresent(
            matrix -> {
              int module = qr.moduleSize();
              int side = matrix.getWidth() * module;
              if (side <= PaperRoll.WIDTH) {
                roll.modules(matrix, module, left(side));
                advance(side);
              }
            });
    advance(QR_MARGIN);
  }

  /** How bar codes are set up. */
  BarcodeSymbol barcode() {
    return barcode;
  }

  /** A bar code; one that is wider than the paper is left out, as by real printers. */
  void barcode(int kind, byte[] data) {
    feedDots(0);
    String says = BarcodeSymbol.says(kind, data);
    boolean[] bars = barcode.bars(kind, says);
    int width = bars.length * barcode.module();
    if (width == 0 || width > PaperRoll.WIDTH) {
      return;
    }
    int x = left(width);
    for (int i = 0; i < bars.length; i++) {
      if (bars[i]) {
        roll.dot(x + i * barcode.module(), barcode.module(), barcode.height());
      }
    }
    advance(barcode.height());
    if (barcode.textBelow()) {
      textBelow(says);
    }
  }

  private void textBelow(String says) {
    int cell = CELL / 2;
    int x = left(Math.min(says.length() * cell, PaperRoll.WIDTH));
    for (int i = 0; i < says.length(); i++) {
      roll.glyph(new Glyph(says.charAt(i), false, cell, CELL), x + i * cell, 0);
    }
    advance(LINE);
  }

  /**
   * Rows of bytes, the most significant bit left; mode bit 0 doubles the width, bit 1 the height.
   */
  void raster(int bytesPerRow, byte[] rows, int mode) {
    feedDots(0);
    int dotWidth = 1 + (mode & 1);
    int dotHeight = 1 + (mode >> 1);
    int x = left(Math.min(bytesPerRow * 8 * dotWidth, PaperRoll.WIDTH));
    for (int from = 0; from + bytesPerRow <= rows.length && bytesPerRow > 0; from += bytesPerRow) {
      for (int dot = 0; dot < bytesPerRow * 8; dot++) {
        if (((rows[from + dot / 8] >> (7 - dot % 8)) & 1) == 1) {
          roll.dot(x + dot * dotWidth, dotWidth, dotHeight);
        }
      }
      advance(dotHeight);
    }
  }

  void cut() {
    feedDots(0);
    cutOff.accept(new Ticket(roll.tearOff(), words.toString().stripTrailing()));
    roll = new PaperRoll();
    words = new StringBuilder();
  }

  /** A ticket that would never end is torn off. */
  private void advance(int dots) {
    roll.advance(dots);
    if (roll.full()) {
      cutOff.accept(new Ticket(roll.tearOff(), words.toString().stripTrailing()));
      roll = new PaperRoll();
      words = new StringBuilder();
    }
  }

  private int lineWidth() {
    return line.stream().mapToInt(Glyph::width).sum();
  }

  private int left(int width) {
    return switch (align) {
      case 1 -> (PaperRoll.WIDTH - width) / 2;
      case 2 -> PaperRoll.WIDTH - width;
      default -> 0;
    };
  }
}
