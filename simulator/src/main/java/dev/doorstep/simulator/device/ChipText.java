package dev.doorstep.simulator.device;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;

/** How cards hold text, and what stands for pictures on them. */
final class ChipText {

  /** How many UTF-16 units an address has. */
  static final int ADDRESS_UNITS = 35;

  private static final DateTimeFormatter DATE = DateTimeFormatter.BASIC_ISO_DATE;
  private static final byte[] WLT_HEADER = {0x57, 0x4C, 0x66, 0x00, 0x7E, 0x00};

  private final StringBuilder fields = new StringBuilder();

  /** A field of so many UTF-16 units, padded with U+0020. */
  ChipText field(String text, int units) {
    fields.append(padded(text, units));
    return this;
  }

  /** A date of eight digits. */
  ChipText date(LocalDate date) {
    return field(DATE.format(date), 8);
  }

  /** The last day of validity; empty for 长期. */
  ChipText until(Optional<LocalDate> date) {
    return field(date.map(DATE::format).orElse("长期"), 8);
  }

  /** All fields, UTF-16LE. */
  byte[] bytes() {
    return fields.toString().getBytes(StandardCharsets.UTF_16LE);
  }

  /** The appended addresses as the reader gives them: 70 bytes each. */
  static byte[] addresses(List<String> addresses) {
    ChipText text = new ChipText();
    addresses.forEach(address -> text.field(address, ADDRESS_UNITS));
    return text.bytes();
  }

  /** The header of a WLT picture and bytes made from a number. */
  static byte[] photo(String number) {
    byte[] photo = bytes(number.hashCode(), IdentityCard.PHOTO_LENGTH);
    System.arraycopy(WLT_HEADER, 0, photo, 0, WLT_HEADER.length);
    return photo;
  }

  /** The 28 bytes of a card's management number: IIN 4, SN 8, DN 16. */
  static byte[] managementNumber(String number) {
    return bytes(~(long) number.hashCode(), 28);
  }

  /** Made-up bytes, the same for the same seed. */
  static byte[] bytes(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static void fits(String field, String value, int units) {
    if (value.length() > units) {
      throw new IllegalArgumentException(field + " is longer than " + units + " UTF-16 units");
    }
  }

  static void matches(String field, String value, Pattern pattern) {
    if (!pattern.matcher(value).matches()) {
      throw new IllegalArgumentException(field + " is not of the form " + pattern);
    }
  }

  private static String padded(String field, int units) {
    char[] chars = Arrays.copyOf(field.toCharArray(), units);
    Arrays.fill(chars, Math.min(field.length(), units), units, ' ');
    return new String(chars);
  }
}
