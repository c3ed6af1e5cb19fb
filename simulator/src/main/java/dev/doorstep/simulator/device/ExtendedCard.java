package dev.doorstep.simulator.device;

import java.util.List;

/**
 * A card that holds more than text and photo.
 *
 * @param card the card without it
 * @param fingerprintBytes how many made-up bytes stand in place of fingerprints: 1024, 512 or 0
 * @param appendedAddresses at most four, the oldest first
 */
public record ExtendedCard(IdentityCard card, int fingerprintBytes, List<String> appendedAddresses)
    implements IdentityCard {

  private static final int MOST_ADDRESSES = 4;

  /**
   * Checks that all of it fits its place on the chip.
   *
   * @throws IllegalArgumentException naming what does not, not its content
   */
  public ExtendedCard {
    appendedAddresses = List.copyOf(appendedAddresses);
    if (fingerprintBytes != 0 && fingerprintBytes != 512 && fingerprintBytes != 1024) {
      throw new IllegalArgumentException("fingerprints are 1024, 512 or 0 bytes");
    }
    if (appendedAddresses.size() > MOST_ADDRESSES) {
      throw new IllegalArgumentException("a card takes " + MOST_ADDRESSES + " appended addresses");
    }
    appendedAddresses.forEach(
        address -> ChipText.fits("appended address", address, ChipText.ADDRESS_UNITS));
  }

  @Override
  public String number() {
    return card.number();
  }

  @Override
  public byte[] text() {
    return card.text();
  }

  /** The bytes that stand in place of fingerprints. */
  public byte[] fingerprints() {
    return ChipText.bytes(number().hashCode(), fingerprintBytes);
  }

  @Override
  public ExtendedCard withFingerprints(int length) {
    return new ExtendedCard(card, length, appendedAddresses);
  }

  @Override
  public ExtendedCard withAddresses(String... addresses) {
    return new ExtendedCard(card, fingerprintBytes, List.of(addresses));
  }

  /** Names nobody. */
  @Override
  public String toString() {
    return card + " with extras";
  }
}
