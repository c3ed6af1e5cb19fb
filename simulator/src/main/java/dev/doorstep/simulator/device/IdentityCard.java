package dev.doorstep.simulator.device;

import java.util.List;

/**
 * An identity card of the second generation as its chip holds it, of one of the four kinds. Only
 * invented people and the printed specimen have one here.
 */
public interface IdentityCard {

  /** Bytes of the text on the chip. */
  int TEXT_LENGTH = 256;

  /** Bytes of the photo on the chip. */
  int PHOTO_LENGTH = 1024;

  /** The number as it is printed. */
  String number();

  /** The 256 bytes of text: UTF-16LE, each field padded with U+0020. */
  byte[] text();

  /**
   * The photo's 1024 bytes: the header of a WLT picture and bytes made from the card's number. No
   * decoder turns them into a face, and there is none behind them.
   */
  default byte[] photo() {
    return ChipText.photo(number());
  }

  /**
   * The same card with made-up bytes in place of fingerprints; a card has none unless it is given
   * some.
   *
   * @param length 1024, 512 or 0
   */
  default ExtendedCard withFingerprints(int length) {
    return new ExtendedCard(this, length, List.of());
  }

  /**
   * The same card with addresses appended to it, the oldest first; a card has none unless it is
   * given some.
   *
   * @param addresses at most four, each at most 35 UTF-16 units
   */
  default ExtendedCard withAddresses(String... addresses) {
    return new ExtendedCard(this, 0, List.of(addresses));
  }
}
