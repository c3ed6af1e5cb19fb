package dev.doorstep.protocol.operation;

import java.util.Optional;

/** The ranges of numbers, some of which may be left out. */
final class Ranges {
  private Ranges() {}

  /** Checks a number. */
  static void check(String name, int number, int smallest, int largest) {
    check(name, Optional.of(number), smallest, largest);
  }

  /** Checks a number, if there is one. */
  static void check(String name, Optional<Integer> number, int smallest, int largest) {
    if (number.isPresent() && (number.get() < smallest || number.get() > largest)) {
      throw new IllegalArgumentException(name + " must be " + smallest + " to " + largest);
    }
  }
}
