package dev.doorstep.driver.samidcard;

import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.operation.IdCard;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/** The text of a card: 256 bytes of UTF-16LE, padded with spaces. Offsets count bytes. */
final class CardText {
  /** The length of the whole text. */
  static final int LENGTH = 256;

  private static final int TYPE_FLAG = 248;
  private static final String NO_END = "长期";
  private static final int DATE_DIGITS = 8; // yyyymmdd

  private final String chars;

  /**
   * A text.
   *
   * @param text {@link #LENGTH} bytes
   */
  CardText(byte[] text) {
    // Char by char: a decoder would take what is malformed together, and move the fields behind it.
    chars =
        ByteBuffer.wrap(text, 0, LENGTH).order(ByteOrder.LITTLE_ENDIAN).asCharBuffer().toString();
  }

  /** What says which kind of card it is: a space or a letter. */
  char typeFlag() {
    return chars.charAt(TYPE_FLAG / 2);
  }

  /** What stands in a place, without padding; empty if nothing does. */
  Optional<String> in(Span span) {
    return text(chars.substring(span.offset() / 2, span.end() / 2));
  }

  /** What stands in a place and goes on in another. */
  Optional<String> in(Span first, Span rest) {
    return text(
        chars.substring(first.offset() / 2, first.end() / 2)
            + chars.substring(rest.offset() / 2, rest.end() / 2));
  }

  /** A text without padding, controls and the half of a pair that the field's end has cut. */
  static Optional<String> text(String field) {
    String kept = (hasOthers(field) ? withoutOthers(field) : field).strip();
    return kept.isEmpty() ? Optional.empty() : Optional.of(kept);
  }

  /** Sex by its code in GB/T 2261.1. */
  static Optional<OpenEnum<IdCard.Sex>> sex(String code) {
    return switch (code) {
      case "0" -> Optional.of(OpenEnum.of(IdCard.Sex.UNKNOWN));
      case "1" -> Optional.of(OpenEnum.of(IdCard.Sex.MALE));
      case "2" -> Optional.of(OpenEnum.of(IdCard.Sex.FEMALE));
      case "9" -> Optional.of(OpenEnum.of(IdCard.Sex.UNSPECIFIED));
      default -> Optional.empty();
    };
  }

  /** A date of eight digits; empty if it is none. */
  static Optional<LocalDate> date(String digits) {
    if (digits.length() != DATE_DIGITS) {
      return Optional.empty();
    }
    int number = 0;
    for (int i = 0; i < DATE_DIGITS; i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return Optional.empty();
      }
      number = number * 10 + digit;
    }
    try {
      return Optional.of(LocalDate.of(number / 10_000, number / 100 % 100, number % 100));
    } catch (DateTimeException e) {
      return Optional.empty(); // a date that is none is left out; logging it would tell of a person
    }
  }

  /** The end of validity, as results have it. */
  static Optional<String> end(String text) {
    return NO_END.equals(text)
        ? Optional.of(IdCard.LONG_TERM)
        : date(text).map(LocalDate::toString);
  }

  /** Whether something stands in a field that is no text: a control, or half of a character. */
  private static boolean hasOthers(String field) {
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (isControl(c) || Character.isSurrogate(c)) {
        return true;
      }
    }
    return false;
  }

  private static String withoutOthers(String field) {
    StringBuilder kept = new StringBuilder(field.length());
    field
        .codePoints()
        .filter(c -> !isControl(c) && Character.getType(c) != Character.SURROGATE)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }

  private static boolean isControl(int c) {
    return c < ' ' || c == 0x7F;
  }

  /**
   * A place in the text.
   *
   * @param offset its first byte
   * @param length how many bytes
   */
  record Span(int offset, int length) {
    int end() {
      return offset + length;
    }
  }
}
