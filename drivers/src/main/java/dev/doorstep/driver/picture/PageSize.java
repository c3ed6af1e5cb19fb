package dev.doorstep.driver.picture;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;

/** A page's true size in millimetres. */
record PageSize(double width, double height) {
  static final PageSize A4 = new PageSize(210, 297);

  /** ISO/IEC 7810, ID-1: identity cards, bank cards. */
  static final PageSize CARD = new PageSize(85.6, 53.98);

  private static final double INCH = 25.4;
  private static final double ALIKE = 0.035;

  /** A scanner knows its dots per inch. */
  static Optional<PageSize> scanned(BufferedImage picture, int dpi) {
    return dpi > 0
        ? Optional.of(of(picture.getWidth(), picture.getHeight(), dpi))
        : Optional.empty();
  }

  static PageSize of(double width, double height, int dpi) {
    return new PageSize(width / dpi * INCH, height / dpi * INCH);
  }

  /**
   * A camera does not know how large a page is, but most pages of that shape are of one size: A4
   * here, and cards where cards were asked for.
   */
  static Optional<PageSize> guessed(double aspect, boolean card) {
    for (PageSize size : card ? List.of(CARD) : List.of(A4, CARD)) {
      for (PageSize way : List.of(size, size.lying())) {
        double ratio = aspect / (way.width / way.height);
        if (ratio > 1 - ALIKE && ratio < 1 + ALIKE) {
          return Optional.of(way);
        }
      }
    }
    return card ? Optional.of(aspect >= 1 ? CARD : CARD.lying()) : Optional.empty();
  }

  /** Turned by a quarter. */
  PageSize lying() {
    return new PageSize(/* width= */ height, /* height= */ width);
  }

  double inchesWide() {
    return width / INCH;
  }
}
