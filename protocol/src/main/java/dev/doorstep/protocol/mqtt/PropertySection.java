package dev.doorstep.protocol.mqtt;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The properties of an MQTT 5 packet as they stand on the wire, without their length: one after the
 * other an identifier of one byte and a value whose type follows from it (MQTT 5, 2.2.2.2 and table
 * 2-4). Nothing is decoded beyond what it takes to find the next one.
 */
final class PropertySection {
  static final int RECEIVE_MAXIMUM = 0x21;

  private static final int SUBSCRIPTION_IDENTIFIER = 0x0B;
  private static final int USER_PROPERTY = 0x26;
  private static final Set<Integer> OF_PUBLISH =
      Set.of(0x01, 0x02, 0x03, 0x08, 0x09, SUBSCRIPTION_IDENTIFIER, 0x23, USER_PROPERTY);
  private static final int MOST_BINARY = Short.MAX_VALUE;
  private static final int MOST_LENGTH_BYTES = 4;

  private PropertySection() {}

  /**
   * Whether Paho takes these as the properties of a PUBLISH.
   *
   * @param section is read, in full if the answer is yes
   */
  static boolean readableInPublish(ByteBuffer section) {
    BitSet seen = new BitSet();
    while (section.hasRemaining()) {
      int identifier = section.get() & 0xFF;
      boolean again = identifier == SUBSCRIPTION_IDENTIFIER || identifier == USER_PROPERTY;
      if (!OF_PUBLISH.contains(identifier)
          || (seen.get(identifier) && !again)
          || !skipValue(identifier, section)) {
        return false;
      }
      seen.set(identifier);
    }
    return true;
  }

  /**
   * The position of a property's value in the buffer; empty if it is absent, or comes after
   * something that is not readable.
   *
   * @param section is read up to there
   */
  static OptionalInt find(int wanted, ByteBuffer section) {
    while (section.hasRemaining()) {
      int identifier = section.get() & 0xFF;
      int value = section.position();
      if (!skipValue(identifier, section)) {
        return OptionalInt.empty();
      }
      if (identifier == wanted) {
        return OptionalInt.of(value);
      }
    }
    return OptionalInt.empty();
  }

  /** Reads a string with its length in two bytes; false if Paho would not take it. */
  static boolean skipString(ByteBuffer in) {
    if (in.remaining() < 2) {
      return false;
    }
    int length = in.getShort() & 0xFFFF;
    if (length > in.remaining()) {
      return false;
    }
    ByteBuffer text = in.slice().limit(length);
    in.position(in.position() + length);
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(text)
          .codePoints()
          .noneMatch(PropertySection::refused);
    } catch (CharacterCodingException e) {
      // Paho would put U+FFFD there, and an answer would go to another topic than was asked for
      return false;
    }
  }

  /** What MqttDataTypes.validateUTF8String refuses; MQTT 5, 1.5.4 leaves it to the receiver. */
  private static boolean refused(int c) {
    return Character.isISOControl(c) || (c >= 0xFDD0 && c <= 0xFDDF) || (c & 0xFFFE) == 0xFFFE;
  }

  private static boolean skipValue(int identifier, ByteBuffer in) {
    return switch (identifier) {
      case 0x01, 0x17, 0x19, 0x24, 0x25, 0x28, 0x29, 0x2A -> skip(1, in);
      case 0x13, RECEIVE_MAXIMUM, 0x22, 0x23 -> skip(2, in);
      case 0x02, 0x11, 0x18, 0x27 -> skip(4, in);
      case SUBSCRIPTION_IDENTIFIER -> skipVariable(in);
      case 0x03, 0x08, 0x12, 0x15, 0x1A, 0x1C, 0x1F -> skipString(in);
      case USER_PROPERTY -> skipPair(in);
      case 0x09, 0x16 -> skipBinary(in);
      default -> false;
    };
  }

  private static boolean skipPair(ByteBuffer in) {
    boolean name = skipString(in);
    return name && skipString(in);
  }

  private static boolean skip(int bytes, ByteBuffer in) {
    if (in.remaining() < bytes) {
      return false;
    }
    in.position(in.position() + bytes);
    return true;
  }

  private static boolean skipBinary(ByteBuffer in) {
    if (in.remaining() < 2) {
      return false;
    }
    int length = in.getShort() & 0xFFFF;
    return length <= MOST_BINARY && skip(length, in);
  }

  private static boolean skipVariable(ByteBuffer in) {
    for (int i = 0; i < MOST_LENGTH_BYTES && in.hasRemaining(); i++) {
      if (in.get() >= 0) {
        return true;
      }
    }
    return false;
  }
}
