package dev.doorstep.driver.samidcard;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.operation.IdCard;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Optional;
import java.util.regex.Pattern;

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

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final String NO_END = "长期";
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd").withResolverStyle(ResolverStyle.STRICT);

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
    Optional<String> number = NUMBER.in(text);
    return new IdCard(
        OpenEnum.of(IdCard.Type.RESIDENT),
        NAME.in(text),
        Optional.empty(),
        SEX.in(text).flatMap(CardText::sex),
        NATION.in(text).map(Nations::of),
        BIRTH_DATE.in(text).flatMap(CardText::date),
        ADDRESS.in(text),
        number,
        number.map(CheckDigit::holds),
        ISSUER.in(text),
        VALID_FROM.in(text).flatMap(CardText::date),
        VALID_UNTIL.in(text).flatMap(CardText::end),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        photo,
        Optional.empty(),
        Optional.empty());
  }

  private Optional<String> in(byte[] text) {
    String field = new String(text, offset, length, StandardCharsets.UTF_16LE);
    String kept = CONTROL.matcher(field).replaceAll("").strip();
    return Optional.of(kept).filter(part -> !part.isEmpty());
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
    try {
      return Optional.of(LocalDate.parse(digits, DATE));
    } catch (DateTimeParseException e) {
      return Optional.empty(); // a date that is none is left out; logging it would tell of a person
    }
  }

  private static Optional<String> end(String text) {
    return NO_END.equals(text)
        ? Optional.of(IdCard.LONG_TERM)
        : date(text).map(LocalDate::toString);
  }
}
