package dev.doorstep.simulator.device;

import dev.doorstep.simulator.device.ResidentCard.Sex;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * A permanent residence card for foreigners (外国人永久居留身份证), form of 2017, type flag I.
 *
 * @param englishName at most 60 UTF-16 units
 * @param sex as GB/T 2261.1 codes it
 * @param number 15 characters
 * @param nationality three letters
 * @param name in Chinese, at most 15 UTF-16 units
 * @param validFrom first day of validity
 * @param validUntil last day of validity; empty for 长期
 * @param birthDate day of birth
 * @param issuer a code of four characters
 */
public record ForeignerCard2017(
    String englishName,
    Sex sex,
    String number,
    String nationality,
    String name,
    LocalDate validFrom,
    Optional<LocalDate> validUntil,
    LocalDate birthDate,
    String issuer)
    implements IdentityCard {

  private static final Pattern NUMBER = Pattern.compile("[A-Z]{3}[0-9]{12}");
  private static final Pattern NATIONALITY = Pattern.compile("[A-Z]{3}");
  private static final Pattern ISSUER = Pattern.compile("[0-9]{4}");

  /**
   * Checks that every field fits its place on the chip.
   *
   * @throws IllegalArgumentException naming the field, not its content
   */
  public ForeignerCard2017 {
    ChipText.fits("English name", englishName, 60);
    ChipText.matches("number", number, NUMBER);
    ChipText.matches("nationality", nationality, NATIONALITY);
    ChipText.fits("name", name, 15);
    ChipText.matches("issuer", issuer, ISSUER);
  }

  /** An invented person, the same for the same seed; of a country that ISO 3166 gives to none. */
  public static ForeignerCard2017 generated(long seed) {
    return GeneratedPerson.foreigner2017(new Random(seed));
  }

  /**
   * The text.
   *
   * <pre>
   * | 0 English name 120 | 120 sex 2 | 122 number 30 | 152 nationality 6 | 158 name 30 |
   * | 188 from 16 | 204 until 16 | 220 birth 16 | 236 version 4 | 240 issuer 8 | 248 I 2 |
   * | 250 reserved 6 |
   * </pre>
   */
  @Override
  public byte[] text() {
    return new ChipText()
        .field(englishName, 60)
        .field(String.valueOf(sex.code()), 1)
        .field(number, 15)
        .field(nationality, 3)
        .field(name, 15)
        .date(validFrom)
        .until(validUntil)
        .date(birthDate)
        .field("01", 2)
        .field(issuer, 4)
        .field("I", 1)
        .field("", 3)
        .bytes();
  }

  /** Names nobody. */
  @Override
  public String toString() {
    return "ForeignerCard2017";
  }
}
