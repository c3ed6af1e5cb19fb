package dev.doorstep.simulator.device;

import dev.doorstep.simulator.device.ResidentCard.Sex;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * A permanent residence card for foreigners (外国人永久居留身份证), form of 2023, type flag Y.
 *
 * @param name in Chinese, at most 15 UTF-16 units
 * @param englishName at most 46 UTF-16 units
 * @param sex as GB/T 2261.1 codes it
 * @param birthDate day of birth
 * @param number 9, province 2, country 3, yyyymmdd, sequence 3, check digit
 * @param validFrom first day of validity
 * @param validUntil last day of validity; empty for 长期
 * @param nationality three letters
 */
public record ForeignerCard2023(
    String name,
    String englishName,
    Sex sex,
    LocalDate birthDate,
    String number,
    LocalDate validFrom,
    Optional<LocalDate> validUntil,
    String nationality)
    implements IdentityCard {

  private static final Pattern NUMBER = Pattern.compile("9[0-9]{16}[0-9X]");
  private static final Pattern NATIONALITY = Pattern.compile("[A-Z]{3}");
  private static final int FIRST_PART = 35;
  private static final int SECOND_PART = 11;

  /**
   * Checks that every field fits its place on the chip.
   *
   * @throws IllegalArgumentException naming the field, not its content
   */
  public ForeignerCard2023 {
    ChipText.fits("name", name, 15);
    ChipText.fits("English name", englishName, FIRST_PART + SECOND_PART);
    ChipText.matches("number", number, NUMBER);
    ChipText.matches("nationality", nationality, NATIONALITY);
  }

  /** An invented person, the same for the same seed; of a country that ISO 3166 gives to none. */
  public static ForeignerCard2023 generated(long seed) {
    return GeneratedPerson.foreigner2023(new Random(seed));
  }

  /**
   * The text.
   *
   * <pre>
   * | 0 name 30 | 30 sex 2 | 32 times renewed 4 | 36 birth 16 | 52 English name 70 | 122 number 36 |
   * | 158 reserved 30 | 188 from 16 | 204 until 16 | 220 rest of the English name 22 |
   * | 242 nationality 6 | 248 Y 2 | 250 link to the old number 6 |
   * </pre>
   */
  @Override
  public byte[] text() {
    int cut = Math.min(FIRST_PART, englishName.length());
    return new ChipText()
        .field(name, 15)
        .field(String.valueOf(sex.code()), 1)
        .field("00", 2)
        .date(birthDate)
        .field(englishName.substring(0, cut), FIRST_PART)
        .field(number, 18)
        .field("", 15)
        .date(validFrom)
        .until(validUntil)
        .field(englishName.substring(cut), SECOND_PART)
        .field(nationality, 3)
        .field("Y", 1)
        .field("", 3)
        .bytes();
  }

  /** Names nobody. */
  @Override
  public String toString() {
    return "ForeignerCard2023";
  }
}
