package dev.doorstep.driver.pcscsocialcard;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.smartcardio.Card;
import javax.smartcardio.CardException;
import javax.smartcardio.CardTerminal;
import javax.smartcardio.CardTerminals;
import javax.smartcardio.CommandAPDU;
import javax.smartcardio.ResponseAPDU;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The readers that a configuration names, and the card that lies in one of them. */
final class CardSlots {
  private static final Logger LOG = LoggerFactory.getLogger(CardSlots.class);
  private static final String ANY = "*";

  /** The service looks into a reader every 400 ms: a card that is gone is known by then. */
  private static final long LEAVING_MILLIS = 1000;

  private final PcscSession session;
  private final String name;

  /** Readers whose name is this or begins with it; all if it is a star. */
  CardSlots(PcscSession session, String name) {
    this.session = session;
    this.name = name;
  }

  /** A card that is held, so that no other program talks to it meanwhile. */
  final class HeldCard implements CardFiles.Card {
    private final CardTerminal reader;
    private final Card card;
    private final Deadline deadline;

    private HeldCard(CardTerminal reader, Card card, Deadline deadline) {
      this.reader = reader;
      this.card = card;
      this.deadline = deadline;
    }

    @Override
    public ResponseAPDU transmit(byte[] command) throws DeviceException {
      return session.call(readers -> answer(command), deadline);
    }

    /**
     * Lets go of the card as it is. A reset that fails, since the card is gone, would have the
     * service take no notice of the next one.
     */
    void release() throws DeviceException {
      session.call(
          readers -> {
            try {
              card.disconnect(false);
            } catch (CardException e) {
              LOG.debug("a card that is gone: {}", e.getMessage());
            }
            return true;
          },
          deadline);
    }

    private ResponseAPDU answer(byte[] command) throws CardException, DeviceException {
      try {
        return card.getBasicChannel().transmit(new CommandAPDU(command));
      } catch (IllegalArgumentException e) {
        demandStillThere(e);
        throw new DeviceException(ErrorCode.GARBLED, "an answer without a status word", e);
      } catch (CardException e) {
        if (PcscErrors.number(e) == PcscErrors.NOT_TRANSACTED) {
          demandStillThere(e);
        }
        throw e;
      }
    }

    /** A card on its way out answers with nothing, or not at all. */
    private void demandStillThere(Exception why) throws CardException, DeviceException {
      if (reader.waitForCardAbsent(LEAVING_MILLIS)) {
        throw new DeviceException(ErrorCode.CARD_REMOVED, "the card was taken out", why);
      }
    }
  }

  /**
   * Makes sure that there is a reader.
   *
   * @throws DeviceException {@code NOT_CONNECTED} with those that there are
   */
  void demandReader(Deadline deadline) throws DeviceException {
    session.call(this::matching, deadline);
  }

  /**
   * The card that lies in a reader, held.
   *
   * @throws DeviceException what keeps a card that is there from being used
   */
  Optional<HeldCard> card(Deadline deadline) throws DeviceException {
    return session.call(readers -> hold(readers, deadline), deadline);
  }

  private Optional<HeldCard> hold(CardTerminals readers, Deadline deadline)
      throws CardException, DeviceException {
    Optional<CardException> obstacle = Optional.empty();
    for (CardTerminal reader : matching(readers)) {
      try {
        return Optional.of(new HeldCard(reader, reader.connect("EXCLUSIVE;*"), deadline));
      } catch (CardException e) {
        if (PcscErrors.of(e).code() != ErrorCode.CARD_REMOVED) {
          obstacle = Optional.of(e); // another reader may have a card
        }
      }
    }
    if (obstacle.isPresent()) {
      throw obstacle.get();
    }
    return Optional.empty();
  }

  private List<CardTerminal> matching(CardTerminals readers) throws CardException, DeviceException {
    List<CardTerminal> all = readers.list();
    List<CardTerminal> matching =
        all.stream()
            .filter(reader -> name.equals(ANY) || reader.getName().startsWith(name))
            .toList();
    if (matching.isEmpty()) {
      String there = all.stream().map(CardTerminal::getName).collect(Collectors.joining(", "));
      throw new DeviceException(
          ErrorCode.NOT_CONNECTED,
          "pcsc:%s: no such reader; there %s"
              .formatted(name, there.isEmpty() ? "is none" : "are " + there));
    }
    return matching;
  }
}
