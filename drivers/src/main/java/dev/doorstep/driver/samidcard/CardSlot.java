package dev.doorstep.driver.samidcard;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.IdCard;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The place where a card lies, and what is known of it. A card is given by the reader once; while
 * it lies there the reading is kept here, in memory alone.
 */
final class CardSlot {
  private static final int HEAD = 4;

  /** After so many passes between commands a card that could not be read is taken to be gone. */
  private static final int PASSES = 60;

  private final SamChannel channel;
  private final CardPresence presence;
  private Optional<IdCard> last = Optional.empty();

  /** For how many more passes a card that could not be read is thought to lie there. */
  private int spoiltFor;

  CardSlot(SamChannel channel) {
    this.channel = channel;
    this.presence = new CardPresence(channel);
  }

  /** The card that lies there, or empty if none was found. */
  Optional<IdCard> take(Deadline deadline) throws DeviceException {
    SamFrame found = channel.call(SamCommand.FIND, deadline);
    if (found.sw3() == SamFrame.NOT_FOUND) {
      return stillThere(deadline);
    }
    last = Optional.empty();
    expect(found, SamCommand.FIND, SamFrame.FOUND);
    spoiltFor = PASSES;
    SamFrame selected = channel.call(SamCommand.SELECT, deadline);
    if (selected.sw3() != SamFrame.NOT_SELECTED) { // drivers in the field read on after 81
      expect(selected, SamCommand.SELECT, SamFrame.OK);
    }
    SamFrame read = channel.call(SamCommand.READ, deadline);
    expect(read, SamCommand.READ, SamFrame.OK);
    last = Optional.of(card(read.data()));
    presence.read();
    spoiltFor = 0;
    return last;
  }

  /** A pass between commands: forgets the card of the last reading if it is gone. */
  void pass(Deadline deadline) throws DeviceException {
    spoiltFor = Math.max(0, spoiltFor - 1);
    Optional<IdCard> lying = last;
    last = Optional.empty();
    if (lying.isPresent() && presence.look(deadline) != CardPresence.Look.GONE) {
      last = lying;
    }
  }

  /** Forgets the person whose card was read. */
  void forget() {
    last = Optional.empty();
  }

  /** The key of what to tell people while no card is found. */
  String advice() {
    return spoiltFor == 0 ? "wait" : "replace";
  }

  /** Why there is no card, for engineers. */
  String whyNone() {
    String found = SamCommand.FIND.text() + ": SW3 %02X".formatted(SamFrame.NOT_FOUND);
    return spoiltFor == 0
        ? found
        : found + "; a card that could not be read may lie there: lift it and place it again";
  }

  /** The last reading, given only if its card was seen to lie there just now. */
  private Optional<IdCard> stillThere(Deadline deadline) throws DeviceException {
    Optional<IdCard> lying = last;
    last = Optional.empty();
    if (lying.isPresent() && presence.look(deadline) == CardPresence.Look.THERE) {
      last = lying;
    }
    return last;
  }

  private static IdCard card(byte[] data) throws DeviceException {
    if (data.length < HEAD) {
      throw lengths(data.length + " bytes");
    }
    ByteBuffer head = ByteBuffer.wrap(data);
    int text = head.getShort() & 0xFFFF;
    int photo = head.getShort() & 0xFFFF;
    if (text != CardText.LENGTH || data.length != HEAD + text + photo) {
      throw lengths("text of %d, photo of %d, %d bytes".formatted(text, photo, data.length));
    }
    Optional<Content> picture =
        photo == 0
            ? Optional.empty()
            : Optional.of(
                Content.of(
                    "application/x-wlt", Arrays.copyOfRange(data, HEAD + text, data.length)));
    return CardText.card(Arrays.copyOfRange(data, HEAD, HEAD + text), picture);
  }

  private static DeviceException lengths(String found) {
    return new DeviceException(ErrorCode.GARBLED, "read card: lengths do not fit: " + found);
  }

  private static void expect(SamFrame answer, SamCommand command, int sw3) throws DeviceException {
    if (answer.sw3() == sw3) {
      return;
    }
    ErrorCode code =
        switch (answer.sw3()) {
          case 0x10, 0x11 -> ErrorCode.GARBLED; // the reader got our request with a wrong checksum
          case 0x21, 0x23, 0x24, 0x60, 0x66 -> ErrorCode.DEVICE_FAULT; // knows it not, or is broken
          default -> ErrorCode.CARD_READ_FAILED;
        };
    throw new DeviceException(code, command.text() + ": SW3 %02X".formatted(answer.sw3()));
  }
}
