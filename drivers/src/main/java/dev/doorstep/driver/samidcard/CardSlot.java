package dev.doorstep.driver.samidcard;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.operation.IdCard;
import java.time.Duration;
import java.util.Optional;

/**
 * The place where a card lies, and what is known of it. A card is given by the reader once; while
 * it lies there the reading is kept here, in memory alone.
 */
final class CardSlot {
  /** Readers are not asked for a card faster than this. */
  static final Duration POLL = Duration.ofMillis(300);

  /** After so many passes between commands a card that could not be read is taken to be gone. */
  private static final int PASSES = 60;

  private final SamChannel channel;
  private final CardPresence presence;
  private Optional<CardReading> last = Optional.empty();

  /** For how many more passes a card that could not be read is thought to lie there. */
  private int spoiltFor;

  /** Whether a pass has asked for a card's data, and they have not come yet. */
  private boolean underWay;

  /** How many cards were found. */
  private int placements;

  private Deadline nextFind = Deadline.after(Duration.ZERO);

  CardSlot(SamChannel channel) {
    this.channel = channel;
    this.presence = new CardPresence(channel);
  }

  /**
   * The card that lies there, or empty if none was found, or the one that lies there was read
   * without the fingerprints that are asked for now.
   *
   * @throws DeviceException among others {@code UNSUPPORTED} if the reader knows no fingerprints;
   *     the card is kept then, to be given without
   */
  Optional<CardReading> take(boolean withFingerprints, Deadline deadline) throws DeviceException {
    settle(deadline);
    SamFrame found = find(deadline);
    if (found.sw3() == SamFrame.NOT_FOUND) {
      return stillThere(deadline)
          .filter(reading -> reading.withFingerprints() || !withFingerprints);
    }
    select(found, deadline);
    SamCommand command = withFingerprints ? SamCommand.READ_ALL : SamCommand.READ;
    SamFrame read = channel.call(command, deadline);
    if (withFingerprints && SamRefusals.isUnknown(read.sw3())) {
      // The card would have to be lifted for a reading without them, so it is made right now.
      keep(SamCommand.READ, channel.call(SamCommand.READ, deadline));
      throw SamRefusals.unknown(command, read);
    }
    keep(command, read);
    return last;
  }

  /**
   * The newest of the addresses that were appended to the card of the last reading.
   *
   * @throws DeviceException among others {@code UNSUPPORTED} if the reader does not know them
   */
  Optional<String> newestAddress(Deadline deadline) throws DeviceException {
    SamFrame answer = channel.call(SamCommand.ADDRESS, deadline);
    if (answer.sw3() == SamFrame.NO_CONTENT) {
      return Optional.empty();
    }
    if (SamRefusals.isUnknown(answer.sw3())) {
      throw SamRefusals.unknown(SamCommand.ADDRESS, answer);
    }
    SamRefusals.expect(answer, SamCommand.ADDRESS, SamFrame.OK);
    return AppendedAddresses.newest(answer.data());
  }

  /** A pass between commands: forgets the card of the last reading if it is gone. */
  void pass(Deadline deadline) throws DeviceException {
    spoiltFor = Math.max(0, spoiltFor - 1);
    Optional<CardReading> lying = last;
    last = Optional.empty();
    if (lying.isPresent() && presence.look(deadline) != CardPresence.Look.GONE) {
      last = lying;
    }
  }

  /**
   * A pass that also looks for a new card and reads it. A reading may take longer than a pass has
   * time: then the next one, or the next command, goes on with it.
   */
  void watch(Deadline deadline) throws DeviceException {
    if (underWay) {
      goOn(deadline);
      return;
    }
    pass(deadline);
    boolean inTime = deadline.remaining().compareTo(SamCommand.FIND.time()) > 0;
    if (last.isPresent() || !nextFind.expired() || !inTime) {
      return;
    }
    SamFrame found = find(deadline);
    if (found.sw3() == SamFrame.NOT_FOUND) {
      return;
    }
    select(found, deadline);
    underWay = true;
    try {
      keep(SamCommand.READ, channel.call(SamCommand.READ, deadline));
    } catch (DeviceException e) {
      keepWaiting(e);
    }
  }

  /**
   * Waits for the data that a pass has asked for: before any other command, which would take them
   * for late ones and throw them away.
   */
  void settle(Deadline deadline) throws DeviceException {
    if (underWay) {
      goOn(deadline);
    }
  }

  /** Forgets the person whose card was read. */
  void forget() {
    last = Optional.empty();
  }

  /** Which card lies there, counted from 1; empty if none is known to, or it is being read. */
  Optional<Integer> lying() {
    return !underWay && (last.isPresent() || spoiltFor > 0)
        ? Optional.of(placements)
        : Optional.empty();
  }

  /** The kind of the card that lies there; empty if it could not be read. */
  Optional<OpenEnum<IdCard.Type>> type() {
    return last.map(reading -> reading.card().type());
  }

  /** The key of what to tell people while no card is found. */
  String advice() {
    return spoiltFor == 0 && last.isEmpty() ? "wait" : "replace";
  }

  /** Why there is no card, for engineers. */
  String whyNone() {
    String found = SamCommand.FIND.text() + ": SW3 %02X".formatted(SamFrame.NOT_FOUND);
    if (last.isPresent()) {
      return found
          + "; the card that lies there was read without its fingerprints: lift it and place it"
          + " again";
    }
    return spoiltFor == 0
        ? found
        : found + "; a card that could not be read may lie there: lift it and place it again";
  }

  private SamFrame find(Deadline deadline) throws DeviceException {
    SamFrame found = channel.call(SamCommand.FIND, deadline);
    nextFind = Deadline.after(POLL);
    return found;
  }

  private void select(SamFrame found, Deadline deadline) throws DeviceException {
    last = Optional.empty();
    SamRefusals.expect(found, SamCommand.FIND, SamFrame.FOUND);
    placements++;
    spoiltFor = PASSES;
    SamFrame selected = channel.call(SamCommand.SELECT, deadline);
    if (selected.sw3() != SamFrame.NOT_SELECTED) { // drivers in the field read on after 81
      SamRefusals.expect(selected, SamCommand.SELECT, SamFrame.OK);
    }
  }

  private void keep(SamCommand command, SamFrame read) throws DeviceException {
    underWay = false;
    SamRefusals.expect(read, command, SamFrame.OK);
    last = Optional.of(CardReading.of(command, read.data()));
    presence.read();
    spoiltFor = 0;
  }

  private void goOn(Deadline deadline) throws DeviceException {
    try {
      keep(SamCommand.READ, channel.resume(SamCommand.READ, deadline));
    } catch (DeviceException e) {
      keepWaiting(e);
    }
  }

  /** Passes over what is no failure of the line: data that may come yet, a card that is bad. */
  private void keepWaiting(DeviceException e) throws DeviceException {
    underWay = e.code() == ErrorCode.TIMEOUT && channel.owes();
    boolean bad = e.code() == ErrorCode.CARD_READ_FAILED || e.code() == ErrorCode.UNSUPPORTED;
    if (!underWay && !bad) {
      throw e;
    }
  }

  /** The last reading, given only if its card was seen to lie there just now. */
  private Optional<CardReading> stillThere(Deadline deadline) throws DeviceException {
    Optional<CardReading> lying = last;
    last = Optional.empty();
    if (lying.isPresent() && presence.look(deadline) == CardPresence.Look.THERE) {
      last = lying;
    }
    return last;
  }
}
