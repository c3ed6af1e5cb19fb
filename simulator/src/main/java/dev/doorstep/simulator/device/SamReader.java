package dev.doorstep.simulator.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A reader for second-generation identity cards with a SAM module, on any serial line.
 *
 * <p>It has the habits of real ones. A card is found, selected and read, in this order; once read,
 * a card that still lies there answers "find" with 80 as if there were none, until it is lifted and
 * placed again. A read out of order answers 41, and from then on the card has to be lifted, too.
 * Noise before a request is skipped, and a request that stays half is forgotten after a second.
 */
public final class SamReader implements WireDevice {

  private static final int OK = 0x90;
  private static final int FOUND = 0x9F;
  private static final int NO_CONTENT = 0x91;
  private static final int CHECKSUM_ERROR = 0x10;
  private static final int LENGTH_ERROR = 0x11;
  private static final int COMMAND_ERROR = 0x21;
  private static final int UNRECOGNISED_COMMAND = 0x24;
  private static final int READ_FAILED = 0x41;
  private static final int FIND_FAILED = 0x80;
  private static final int SELECT_FAILED = 0x81;
  private static final byte[] NOTHING = {};
  private static final long HALF_REQUEST_NANOS = Duration.ofSeconds(1).toNanos();

  /** How far the card on the reader has come. */
  private enum Step {
    PLACED,
    FOUND,
    SELECTED,
    READ,
    SPOILT
  }

  private final SamFrame frames = new SamFrame();
  private final LongSupplier nanoTime;
  private long lastBytes;
  private @Nullable IdentityCard card;
  private Step step = Step.PLACED;
  private int reads;
  private boolean fingerprintsKnown = true;

  /** A reader with no card on it. */
  public SamReader() {
    this(System::nanoTime);
  }

  SamReader(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Has it answer 30 10 as readers do that know no fingerprints. */
  public synchronized void knowNoFingerprints() {
    fingerprintsKnown = false;
  }

  /** Puts a card on the reader, in place of any that lies there. */
  public synchronized void place(IdentityCard placed) {
    card = placed;
    step = Step.PLACED;
  }

  /** Takes the card away. */
  public synchronized void lift() {
    card = null;
  }

  /** The card that lies on the reader. */
  public synchronized Optional<IdentityCard> placed() {
    return Optional.ofNullable(card);
  }

  /** How many times a card's text and photo were given out since the reader was made. */
  public synchronized int reads() {
    return reads;
  }

  @Override
  public void received(byte[] bytes, Wire wire) {
    // Sent without the lock: a slow line must not keep anybody from lifting the card.
    answers(bytes).forEach(wire::send);
  }

  private synchronized List<byte[]> answers(byte[] bytes) {
    long now = nanoTime.getAsLong();
    if (now - lastBytes > HALF_REQUEST_NANOS) {
      frames.forget();
    }
    lastBytes = now;
    frames.add(bytes);
    List<byte[]> answers = new ArrayList<>();
    SamFrame.Found found = frames.next();
    while (found.kind() != SamFrame.Kind.INCOMPLETE) {
      answers.add(answer(found));
      found = frames.next();
    }
    return answers;
  }

  @Override
  public synchronized void disconnected(Wire wire) {
    frames.forget();
  }

  private byte[] answer(SamFrame.Found found) {
    return switch (found.kind()) {
      case BAD_CHECKSUM -> status(CHECKSUM_ERROR);
      case BAD_LENGTH -> status(LENGTH_ERROR);
      default -> answer(found.command());
    };
  }

  private byte[] answer(int command) {
    return switch (command) {
      case 0x10FF, 0x11FF, 0x6000, 0x6001, 0x6002, 0x6003, 0x6004, 0x61FF -> status(OK);
      case 0x12FF -> SamFrame.answer(OK, samId());
      case 0x2001 -> find();
      case 0x2002 -> select();
      case 0x3001 -> read(false);
      case 0x3010 -> fingerprintsKnown ? read(true) : status(UNRECOGNISED_COMMAND);
      case 0x3003 -> appendedAddresses();
      case 0x3005 -> managementNumber();
      default -> status(knownGroup(command >> 8) ? COMMAND_ERROR : UNRECOGNISED_COMMAND);
    };
  }

  private byte[] find() {
    if (card == null || step == Step.READ || step == Step.SPOILT) {
      return status(FIND_FAILED);
    }
    step = Step.FOUND;
    return SamFrame.answer(FOUND, new byte[4]);
  }

  private byte[] select() {
    if (card == null || step != Step.FOUND) {
      return status(SELECT_FAILED);
    }
    step = Step.SELECTED;
    return SamFrame.answer(OK, new byte[8]);
  }

  private byte[] read(boolean withFingerprints) {
    // Programs go on to read after a failed select, and real readers let them.
    if (card == null || (step != Step.FOUND && step != Step.SELECTED)) {
      step = Step.SPOILT;
      return status(READ_FAILED);
    }
    step = Step.READ;
    reads++;
    byte[] fingerprints =
        withFingerprints && card instanceof ExtendedCard extended
            ? extended.fingerprints()
            : NOTHING;
    int head = withFingerprints ? 6 : 4;
    ByteBuffer data =
        ByteBuffer.allocate(
                head + IdentityCard.TEXT_LENGTH + IdentityCard.PHOTO_LENGTH + fingerprints.length)
            .putShort((short) IdentityCard.TEXT_LENGTH)
            .putShort((short) IdentityCard.PHOTO_LENGTH);
    if (withFingerprints) {
      data.putShort((short) fingerprints.length);
    }
    return SamFrame.answer(OK, data.put(card.text()).put(card.photo()).put(fingerprints).array());
  }

  private byte[] appendedAddresses() {
    if (card == null || !cardOpened()) {
      return status(READ_FAILED);
    }
    List<String> addresses =
        card instanceof ExtendedCard extended ? extended.appendedAddresses() : List.of();
    return addresses.isEmpty()
        ? status(NO_CONTENT)
        : SamFrame.answer(OK, ChipText.addresses(addresses));
  }

  private byte[] managementNumber() {
    return card != null && cardOpened()
        ? SamFrame.answer(OK, ChipText.managementNumber(card.number()))
        : status(READ_FAILED);
  }

  private boolean cardOpened() {
    return card != null && (step == Step.SELECTED || step == Step.READ);
  }

  /** Printed as 05.03-20990101-0000000001-0000000042: a date that no maker has reached. */
  private static byte[] samId() {
    return ByteBuffer.allocate(16)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) 5)
        .putShort((short) 3)
        .putInt(20990101)
        .putInt(1)
        .putInt(42)
        .array();
  }

  private static boolean knownGroup(int command) {
    return switch (command) {
      case 0x10, 0x11, 0x12, 0x20, 0x30, 0x60, 0x61 -> true;
      default -> false;
    };
  }

  private static byte[] status(int sw3) {
    return SamFrame.answer(sw3, NOTHING);
  }
}
