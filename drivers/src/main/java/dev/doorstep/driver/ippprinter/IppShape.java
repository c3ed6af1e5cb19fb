package dev.doorstep.driver.ippprinter;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Walks over the lengths of an answer before it is parsed: whether they fit, how many values there
 * are, and how deep collections stand in each other. The parser takes memory and stack as it goes.
 */
final class IppShape {
  private static final int HEAD = 8;
  private static final int END_OF_ATTRIBUTES = 0x03;
  private static final int FIRST_VALUE_TAG = 0x10;
  private static final int BEGIN_COLLECTION = 0x34;
  private static final int END_COLLECTION = 0x37;
  private static final int DEEPEST = 16;
  private static final int MOST_VALUES = 20_000;

  private IppShape() {}

  /**
   * Checks an answer.
   *
   * @throws DeviceException {@code GARBLED} if it is not of the form of IPP
   */
  static void check(byte[] bytes) throws DeviceException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (bytes.length <= HEAD || (bytes[0] != 1 && bytes[0] != 2)) {
      throw garbled(bytes, 0, "does not begin as one");
    }
    in.position(HEAD);
    int depth = 0;
    int values = 0;
    while (in.hasRemaining()) {
      int at = in.position();
      int tag = in.get() & 0xFF;
      if (tag == END_OF_ATTRIBUTES) {
        return;
      }
      if (tag < FIRST_VALUE_TAG) {
        continue; // a group begins
      }
      depth += tag == BEGIN_COLLECTION ? 1 : tag == END_COLLECTION ? -1 : 0;
      values++;
      if (depth < 0 || depth > DEEPEST || values > MOST_VALUES) {
        throw garbled(bytes, at, "is too deep or too long");
      }
      boolean named = skipped(in);
      if (!named || !skipped(in)) {
        throw garbled(bytes, at, "ends in the middle of a value");
      }
    }
    throw garbled(bytes, bytes.length, "does not end");
  }

  /** Passes over a name or a value. */
  private static boolean skipped(ByteBuffer in) {
    if (in.remaining() < 2) {
      return false;
    }
    int length = in.getShort() & 0xFFFF;
    if (in.remaining() < length) {
      return false;
    }
    in.position(in.position() + length);
    return true;
  }

  private static DeviceException garbled(byte[] bytes, int at, String what) {
    return new DeviceException(
        ErrorCode.GARBLED,
        "an answer of %d bytes that %s at %d; it begins %s"
            .formatted(
                bytes.length,
                what,
                at,
                HexFormat.ofDelimiter(" ")
                    .withUpperCase()
                    .formatHex(bytes, 0, Math.min(HEAD, bytes.length))));
  }
}
