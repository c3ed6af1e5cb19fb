package dev.doorstep.driver.pcscsocialcard;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.smartcardio.ResponseAPDU;

/** The way to the records of a card. Nothing that a card answers is trusted. */
final class CardFiles {
  private static final byte[] SELECT_APPLICATION =
      HexFormat.of().parseHex("00A404000F7378312E73682EC9E7BBE1B1A3D5CF");

  /** More than the files have records. */
  private static final int MOST_RECORDS = 16;

  private final Card card;

  CardFiles(Card card) {
    this.card = card;
  }

  /** Where commands go. */
  interface Card {
    /** Sends a command; the answer to it. */
    ResponseAPDU transmit(byte[] command) throws DeviceException;
  }

  /**
   * Reads all records that the card has.
   *
   * @throws DeviceException {@code UNSUPPORTED} if it is another kind of card, {@code CARD_LOCKED}
   *     if it wants a PIN, {@code CARD_READ_FAILED}, {@code GARBLED}; what the card throws
   */
  Map<CardField, byte[]> read() throws DeviceException {
    ResponseAPDU selected = card.transmit(SELECT_APPLICATION);
    if (StatusWord.of(selected.getSW()) != StatusWord.DONE) {
      throw StatusWord.error("select the social-security application", selected.getSW());
    }
    Map<CardField, byte[]> records = new EnumMap<>(CardField.class);
    for (int file : new int[] {0xEF05, 0xEF06}) {
      if (select(file)) {
        Map<CardField, byte[]> found = byTag(file);
        records.putAll(found.isEmpty() ? byNumber(file) : found);
      }
    }
    if (records.isEmpty()) {
      throw new DeviceException(ErrorCode.CARD_READ_FAILED, "the card has no record that is known");
    }
    return records;
  }

  private boolean select(int file) throws DeviceException {
    byte[] command =
        ByteBuffer.allocate(7)
            .put(new byte[] {0x00, (byte) 0xA4, 0x02, 0x00, 0x02})
            .putShort((short) file)
            .array();
    return done(card.transmit(command), "select %04X".formatted(file));
  }

  /** Empty if the card finds nothing by tags, or takes them for numbers. */
  private Map<CardField, byte[]> byTag(int file) throws DeviceException {
    Map<CardField, byte[]> records = new EnumMap<>(CardField.class);
    for (CardField field : CardField.of(file)) {
      Optional<CardRecord> read = record(file, field.tag(), 0x00, field.length() + 2);
      if (read.isPresent()) {
        if (read.get().tag() != field.tag()) {
          return Map.of();
        }
        records.put(field, read.get().value());
      }
    }
    return records;
  }

  private Map<CardField, byte[]> byNumber(int file) throws DeviceException {
    Map<CardField, byte[]> records = new EnumMap<>(CardField.class);
    List<CardField> known = CardField.of(file);
    Optional<CardRecord> read = record(file, 1, 0x04, 0);
    for (int n = 2; read.isPresent() && n <= MOST_RECORDS; n++) {
      CardRecord found = read.get();
      known.stream()
          .filter(field -> field.tag() == found.tag())
          .forEach(field -> records.put(field, found.value()));
      read = record(file, n, 0x04, 0);
    }
    return records;
  }

  private Optional<CardRecord> record(int file, int which, int how, int length)
      throws DeviceException {
    String what = "read record %02X of %04X".formatted(which, file);
    ResponseAPDU answer = card.transmit(readRecord(which, how, length));
    if (StatusWord.isOtherLength(answer.getSW()) && answer.getData().length == 0 && length > 0) {
      answer = card.transmit(readRecord(which, how, 0)); // as long as it is
    }
    // A record shorter than what was asked for is whole: what it says of itself is checked.
    boolean shorter = answer.getSW() == StatusWord.SHORTER && answer.getData().length > 0;
    return shorter || done(answer, what)
        ? Optional.of(CardRecord.of(answer.getData(), what))
        : Optional.empty();
  }

  private static byte[] readRecord(int which, int how, int length) {
    return new byte[] {0x00, (byte) 0xB2, (byte) which, (byte) how, (byte) length};
  }

  private static boolean done(ResponseAPDU answer, String what) throws DeviceException {
    return switch (StatusWord.of(answer.getSW())) {
      case DONE -> true;
      case NONE -> false;
      default -> throw StatusWord.error(what, answer.getSW());
    };
  }
}
