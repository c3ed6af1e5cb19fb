package dev.doorstep.driver.picture;

import java.awt.image.BufferedImage;

/** Shades of grey, as bright as the colours look (ITU-R BT.601). */
final class Gray {
  private Gray() {}

  static BufferedImage of(BufferedImage picture) {
    if (Canvas.grey(picture)) {
      return picture;
    }
    BufferedImage grey = Canvas.blank(picture.getWidth(), picture.getHeight(), true);
    byte[] from = Canvas.bytes(picture);
    byte[] into = Canvas.bytes(grey);
    for (int i = 0, at = 0; i < into.length; i++, at += 3) {
      int blue = from[at] & 0xFF;
      int green = from[at + 1] & 0xFF;
      int red = from[at + 2] & 0xFF;
      into[i] = (byte) ((29 * blue + 150 * green + 77 * red + 128) >> 8);
    }
    return grey;
  }
}
