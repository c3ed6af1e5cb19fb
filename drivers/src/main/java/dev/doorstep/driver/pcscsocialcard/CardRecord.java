package dev.doorstep.driver.pcscsocialcard;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import java.util.Arrays;

/** A record of a card: tag (byte 0), length (1), value (2 …). */
final class CardRecord {
  private static final int HEAD = 2;

  private final int tag;
  private final byte[] value;

  private CardRecord(int tag, byte[] value) {
    this.tag = tag;
    this.value = value;
  }

  /**
   * Reads the data of an answer.
   *
   * @throws DeviceException {@code GARBLED} if it is shorter than it says
   */
  static CardRecord of(byte[] data, String what) throws DeviceException {
    if (data.length < HEAD) {
      throw new DeviceException(
          ErrorCode.GARBLED, "%s: %d bytes are no record".formatted(what, data.length));
    }
    int length = data[1] & 0xFF;
    if (data.length < HEAD + length) {
      throw new DeviceException(
          ErrorCode.GARBLED,
          "%s: %d bytes are announced and %d sent".formatted(what, length, data.length - HEAD));
    }
    return new CardRecord(data[0] & 0xFF, Arrays.copyOfRange(data, HEAD, HEAD + length));
  }

  /** The tag, 0 to 255. */
  int tag() {
    return tag;
  }

  /** The value, of a person: not a copy. */
  byte[] value() {
    return value;
  }

  /** The tag alone: the value is personal. */
  @Override
  public String toString() {
    return "CardRecord[%02X]".formatted(tag);
  }
}
