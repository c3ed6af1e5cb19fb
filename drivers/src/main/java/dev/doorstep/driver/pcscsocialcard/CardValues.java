package dev.doorstep.driver.pcscsocialcard;

import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.operation.IdCard;
import dev.doorstep.protocol.operation.SocialCard;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** What the records of a card say. */
final class CardValues {
  private static final Charset GBK = Charset.forName("GBK");
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final int LONGEST_CODE = 64;

  private final Map<CardField, byte[]> records;

  private CardValues(Map<CardField, byte[]> records) {
    this.records = records;
  }

  /** The card that has these records. */
  static SocialCard of(Map<CardField, byte[]> records) {
    CardValues values = new CardValues(records);
    return new SocialCard(
        values.digits(CardField.CARD_ID),
        values.code(CardField.CARD_CLASS),
        values.text(CardField.VERSION),
        values.digits(CardField.ISSUER),
        values.digits(CardField.ISSUED).map(CardValues::date),
        values.digits(CardField.VALID_UNTIL).map(CardValues::date),
        values.text(CardField.CARD_NUMBER),
        values.text(CardField.NUMBER),
        values.name(),
        values.code(CardField.SEX).map(CardValues::sex),
        values.nation().map(IdCard.Nation::of),
        values.digits(CardField.BIRTHPLACE),
        values.digits(CardField.BIRTH_DATE).map(CardValues::date));
  }

  private byte[] bytes(CardField field) {
    return records.getOrDefault(field, new byte[0]);
  }

  /** BCD, filled up with F. */
  private Optional<String> digits(CardField field) {
    String digits = HEX.formatHex(bytes(field));
    int length = digits.length();
    while (length > 0 && digits.charAt(length - 1) == 'F') {
      length--;
    }
    return Optional.of(digits.substring(0, length)).filter(text -> !text.isEmpty());
  }

  /** Letters and digits, filled up with 00. */
  private Optional<String> text(CardField field) {
    return visible(new String(bytes(field), StandardCharsets.ISO_8859_1));
  }

  /** One byte, on some cards the letter itself, on some its number in BCD. */
  private Optional<String> code(CardField field) {
    byte[] bytes = bytes(field);
    boolean number = bytes.length == 1 && bytes[0] >= 0 && bytes[0] <= 9;
    return number ? Optional.of(Integer.toString(bytes[0])) : text(field);
  }

  /** Two digits: in one byte of BCD, or a letter each. */
  private Optional<String> nation() {
    return bytes(CardField.NATION).length == 2 ? text(CardField.NATION) : digits(CardField.NATION);
  }

  /** Joined before it is read: its first part may end with half of a character. */
  private Optional<String> name() {
    ByteArrayOutputStream name = new ByteArrayOutputStream();
    name.writeBytes(bytes(CardField.NAME));
    name.writeBytes(bytes(CardField.REST_OF_NAME));
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    for (byte b : name.toByteArray()) {
      if (b != 0) {
        kept.write(b);
      }
    }
    return visible(kept.toString(GBK));
  }

  private static Optional<String> visible(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    text.codePoints().filter(c -> !Character.isISOControl(c)).forEach(kept::appendCodePoint);
    return Optional.of(kept.toString().strip()).filter(visible -> !visible.isEmpty());
  }

  private static OpenEnum<IdCard.Sex> sex(String code) {
    return switch (code) { // GB/T 2261.1
      case "0" -> OpenEnum.of(IdCard.Sex.UNKNOWN);
      case "1" -> OpenEnum.of(IdCard.Sex.MALE);
      case "2" -> OpenEnum.of(IdCard.Sex.FEMALE);
      case "9" -> OpenEnum.of(IdCard.Sex.UNSPECIFIED);
      default -> new OpenEnum<>(code.substring(0, Math.min(code.length(), LONGEST_CODE)));
    };
  }

  private static String date(String digits) {
    if (!digits.matches("[0-9]{8}")) {
      return digits;
    }
    int number = Integer.parseInt(digits);
    try {
      return LocalDate.of(number / 10_000, number / 100 % 100, number % 100).toString();
    } catch (DateTimeException e) {
      return digits; // as it stands on the card; logging it would tell of a person
    }
  }
}
