package dev.doorstep.driver.samidcard;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.IdCard;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * What was read off a card, kept in memory alone: bytes 0–1 the text's length, 2–3 the photo's, 4–5
 * that of the fingerprints (with 30 10 only), then these three.
 *
 * @param card text and photo
 * @param withFingerprints whether the fingerprints were asked for
 * @param fingerprints if the card holds any
 */
record CardReading(IdCard card, boolean withFingerprints, Optional<Content> fingerprints) {
  private static final int LENGTHS = 4;
  private static final int FINGERPRINTS_LENGTH = 2;

  /**
   * Takes the data of a response apart.
   *
   * @param command 30 01 or 30 10
   * @throws DeviceException {@code GARBLED} if the lengths do not fit, {@code UNSUPPORTED} if the
   *     kind of card is not known
   */
  static CardReading of(SamCommand command, byte[] data) throws DeviceException {
    boolean withFingerprints = command == SamCommand.READ_ALL;
    int head = LENGTHS + (withFingerprints ? FINGERPRINTS_LENGTH : 0);
    if (data.length < head) {
      throw lengths(data.length + " bytes");
    }
    ByteBuffer lengths = ByteBuffer.wrap(data);
    int text = lengths.getShort() & 0xFFFF;
    int photo = lengths.getShort() & 0xFFFF;
    int prints = withFingerprints ? lengths.getShort() & 0xFFFF : 0;
    if (text != CardText.LENGTH || data.length != head + text + photo + prints) {
      throw lengths(
          "text of %d, photo of %d, %s%d bytes"
              .formatted(
                  text,
                  photo,
                  withFingerprints ? "fingerprints of " + prints + ", " : "",
                  data.length));
    }
    int photoAt = head + text;
    return new CardReading(
        CardLayout.card(
            Arrays.copyOfRange(data, head, photoAt),
            part("application/x-wlt", data, photoAt, photo)),
        withFingerprints,
        part("application/octet-stream", data, photoAt + photo, prints));
  }

  /** The card as it is given, with what was asked for. */
  IdCard given(Optional<Content> photo, boolean wantsFingerprints, Optional<String> address) {
    Optional<Content> prints = wantsFingerprints ? fingerprints : Optional.empty();
    return photo.equals(card.photo()) && prints.isEmpty() && address.isEmpty()
        ? card
        : new IdCard(
            card.type(),
            card.name(),
            card.englishName(),
            card.sex(),
            card.nation(),
            card.birthDate(),
            card.address(),
            card.number(),
            card.numberValid(),
            card.issuer(),
            card.validFrom(),
            card.validUntil(),
            card.passNumber(),
            card.timesIssued(),
            card.nationality(),
            photo,
            prints,
            address);
  }

  /** The type alone: everything else is personal data. */
  @Override
  public String toString() {
    return "CardReading[" + card.type() + "]";
  }

  private static Optional<Content> part(String contentType, byte[] data, int from, int length) {
    return length == 0
        ? Optional.empty()
        : Optional.of(Content.of(contentType, Arrays.copyOfRange(data, from, from + length)));
  }

  private static DeviceException lengths(String found) {
    return new DeviceException(ErrorCode.GARBLED, "read card: lengths do not fit: " + found);
  }
}
