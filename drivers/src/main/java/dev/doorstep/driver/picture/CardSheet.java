package dev.doorstep.driver.picture;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;

/** Both sides of a card at their true size on one sheet of A4, one above the other. */
final class CardSheet {
  private static final int USUAL_DPI = 300;
  private static final double INCH = 25.4;

  private CardSheet() {}

  /** A side that lies, as cards are read. */
  static BufferedImage side(BufferedImage picture) {
    return picture.getHeight() > picture.getWidth() ? Warp.quarters(bytes(picture), 3) : picture;
  }

  private static BufferedImage bytes(BufferedImage picture) {
    return picture.getType() == BufferedImage.TYPE_BYTE_BINARY
        ? PictureDecoder.plain(picture)
        : picture;
  }

  static PageMaker.Made of(List<BufferedImage> sides, Order order) {
    int dpi = order.dpi() > 0 ? Math.min(600, order.dpi()) : USUAL_DPI;
    int width = dots(PageSize.A4.width(), dpi);
    int height = dots(PageSize.A4.height(), dpi);
    BufferedImage sheet = sheet(sides.get(0), width, height);
    Graphics2D g = sheet.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    int across = dots(PageSize.CARD.width(), dpi);
    int down = dots(PageSize.CARD.height(), dpi);
    for (int i = 0; i < sides.size(); i++) {
      int x = (width - across) / 2;
      int y = height / 4 - down / 2 + i * height / 3;
      g.drawImage(sides.get(i), x, y, across, down, null);
    }
    g.dispose();
    return new PageMaker.Made(
        sheet, Optional.empty(), Optional.of(PageSize.A4), Optional.empty(), List.of());
  }

  private static BufferedImage sheet(BufferedImage side, int width, int height) {
    if (side.getType() == BufferedImage.TYPE_BYTE_BINARY) {
      BufferedImage bits = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY);
      java.util.Arrays.fill(Canvas.bytes(bits), (byte) 0xFF);
      return bits;
    }
    return Canvas.blank(width, height, Canvas.grey(side));
  }

  private static int dots(double millimetres, int dpi) {
    return (int) Math.round(millimetres / INCH * dpi);
  }
}
