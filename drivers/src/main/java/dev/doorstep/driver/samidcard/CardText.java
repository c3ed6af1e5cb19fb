package dev.doorstep.driver.samidcard;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.operation.IdCard;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The text of a resident's card: 256 bytes of UTF-16LE, padded with spaces. The constants are the
 * layout: offset and length in bytes.
 */
enum CardText {
  NAME(0, 30),
  SEX(30, 2),
  NATION(32, 4),
  BIRTH_DATE(36, 16),
  ADDRESS(52, 70),
  NUMBER(122, 36),
  ISSUER(158, 30),
  VALID_FROM(188, 16),
  VALID_UNTIL(204, 16),
  /**
   * A space on a resident's card; letters are those of foreigners and of Hong Kong, Macao, Taiwan.
   */
  TYPE_FLAG(248, 2);

  /** The length of the whole text. */
  static final int LENGTH = 256;

  private static final String NO_END = "长期";
  private static final int DATE_DIGITS = 8; // yyyymmdd

  private final int offset;
  private final int length;

  CardText(int offset, int length) {
    this.offset = offset;
    this.length = length;
  }

  /**
   * The card that a text tells of.
   *
   * @param text {@link #LENGTH} bytes
   * @throws DeviceException {@code UNSUPPORTED} if it is not that of a resident's card
   */
  static IdCard card(byte[] text, Optional<Content> photo) throws DeviceException {
    int flag = (text[TYPE_FLAG.offset] & 0xFF) | ((text[TYPE_FLAG.offset + 1] & 0xFF) << 8);
    if (flag != ' ') {
      throw new DeviceException(
          ErrorCode.UNSUPPORTED, "a card with the type flag U+%04X".formatted(flag));
    }
    // Char by char: a decoder would take what is malformed together, and move the fields behind it.
    String fields =
        ByteBuffer.wrap(text, 0, LENGTH).order(ByteOrder.LITTLE_ENDIAN).asCharBuffer().toString();
    Optional<String> number = NUMBER.in(fields);
    return new IdCard(
        OpenEnum.of(IdCard.Type.RESIDENT),
        NAME.in(fields),
        Optional.empty(),
        SEX.in(fields).flatMap(CardText::sex),
        NATION.in(fields).map(Nations::of),
        BIRTH_DATE.in(fields).flatMap(CardText::date),
        ADDRESS.in(fields),
        number,
        number.map(CheckDigit::holds),
        ISSUER.in(fields),
        VALID_FROM.in(fields).flatMap(CardText::date),
        VALID_UNTIL.in(fields).flatMap(CardText::end),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        photo,
        Optional.empty(),
        Optional.empty());
  }

  private Optional<String> in(String text) {
    String field = text.substring(offset / 2, (offset + length) / 2);
    String kept = (hasOthers(field) ? withoutOthers(field) : field).strip();
    return kept.isEmpty() ? Optional.empty() : Optional.of(kept);
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

  /** Leaves out controls, and the half of a pair that the field's end has cut. */
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

  private static Optional<OpenEnum<IdCard.Sex>> sex(String code) {
    return switch (code) { // GB/T 2261.1
      case "0" -> Optional.of(OpenEnum.of(IdCard.Sex.UNKNOWN));
      case "1" -> Optional.of(OpenEnum.of(IdCard.Sex.MALE));
      case "2" -> Optional.of(OpenEnum.of(IdCard.Sex.FEMALE));
      case "9" -> Optional.of(OpenEnum.of(IdCard.Sex.UNSPECIFIED));
      default -> Optional.empty();
    };
  }

  private static Optional<LocalDate> date(String digits) {
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

  private static Optional<String> end(String text) {
    return NO_END.equals(text)
        ? Optional.of(IdCard.LONG_TERM)
        : date(text).map(LocalDate::toString);
  }
}
