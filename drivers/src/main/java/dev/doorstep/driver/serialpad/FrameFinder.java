package dev.doorstep.driver.serialpad;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Finds frames among whatever comes from a pad: cut anywhere, joined, with other bytes between. A
 * frame that breaks off does not hide the next one.
 */
final class FrameFinder {
  private final List<FramePattern> patterns;
  private final byte[] held = new byte[FramePattern.LONGEST];
  private int length;
  private int passedOver;

  /** A whole frame: which key was pressed, or a reply. */
  record Found(OptionalInt key) {}

  /** Looks for these; of two that fit, the first counts. */
  FrameFinder(List<FramePattern> patterns) {
    this.patterns = List.copyOf(patterns);
  }

  /** Takes the next byte; the frame that ends with it, if one does. */
  Optional<Found> add(byte b) {
    held[length++] = b;
    while (length > 0) {
      boolean begins = false;
      for (FramePattern pattern : patterns) {
        if (pattern.begins(held, length)) {
          if (pattern.parts().size() == length) {
            length = 0;
            return Optional.of(new Found(pattern.key(held)));
          }
          begins = true;
        }
      }
      if (begins) {
        return Optional.empty();
      }
      length--;
      passedOver++;
      System.arraycopy(held, 1, held, 0, length);
    }
    return Optional.empty();
  }

  /** How many bytes were part of no frame. */
  int passedOver() {
    return passedOver;
  }

  /** Forgets all that came. */
  void forget() {
    length = 0;
    passedOver = 0;
  }
}
