package dev.doorstep.driver.camera;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Optional;

/** What a picture shows, coarsely: the brightness of each of its parts. Immutable. */
final class Look {
  private static final int COLUMNS = 32;
  private static final int ROWS = 24;
  private static final int DECODED = 4 * COLUMNS;

  private final int[] cells;

  private Look(int[] cells) {
    this.cells = cells;
  }

  /** That of a picture, or empty if it cannot be decoded. */
  static Optional<Look> of(Frame frame) {
    try {
      return Optional.of(of(SmallPicture.decoded(frame, DECODED)));
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // the decoders of the JDK throw much at broken pictures
    }
  }

  private static Look of(BufferedImage picture) {
    long[] sums = new long[COLUMNS * ROWS];
    int[] counts = new int[COLUMNS * ROWS];
    byte[] grey = SmallPicture.grey(picture);
    for (int y = 0, at = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++, at++) {
        int row = y * ROWS / picture.getHeight();
        int cell = row * COLUMNS + x * COLUMNS / picture.getWidth();
        sums[cell] += grey[at] & 0xFF;
        counts[cell]++;
      }
    }
    int[] cells = new int[sums.length];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = (int) (sums[i] / Math.max(1, counts[i]));
    }
    return new Look(cells);
  }

  /** Which share of its parts is brighter or darker than the other's, by more than these levels. */
  double differs(Look other, int levels) {
    int different = 0;
    for (int i = 0; i < cells.length; i++) {
      different += Math.abs(cells[i] - other.cells[i]) > levels ? 1 : 0;
    }
    return (double) different / cells.length;
  }
}
