package dev.doorstep.simulator.device;

import dev.doorstep.simulator.device.ResidentCard.Sex;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * A residence permit for people of Hong Kong, Macao and Taiwan (港澳台居民居住证), type flag J.
 *
 * @param name at most 15 UTF-16 units
 * @param sex as GB/T 2261.1 codes it
 * @param birthDate day of birth
 * @param address at most 35 UTF-16 units
 * @param number 18 characters that begin with 810000, 820000 or 830000
 * @param issuer at most 15 UTF-16 units
 * @param validFrom first day of validity
 * @param validUntil last day of validity; empty for 长期
 * @param passNumber at most 9 characters
 * @param timesIssued two digits
 */
public record ResidencePermit(
    String name,
    Sex sex,
    LocalDate birthDate,
    String address,
    String number,
    String issuer,
    LocalDate validFrom,
    Optional<LocalDate> validUntil,
    String passNumber,
    String timesIssued)
    implements IdentityCard {

  private static final Pattern NUMBER = Pattern.compile("8[123]0000[0-9]{11}[0-9X]");
  private static final Pattern TIMES = Pattern.compile("[0-9]{2}");

  /**
   * Checks that every field fits its place on the chip.
   *
   * @throws IllegalArgumentException naming the field, not its content
   */
  public ResidencePermit {
    ChipText.fits("name", name, 15);
    ChipText.fits("address", address, ChipText.ADDRESS_UNITS);
    ChipText.matches("number", number, NUMBER);
    ChipText.fits("issuer", issuer, 15);
    ChipText.fits("pass number", passNumber, 9);
    ChipText.matches("times issued", timesIssued, TIMES);
  }

  /** An invented person, the same for the same seed; born in a year that has not come. */
  public static ResidencePermit generated(long seed) {
    return GeneratedPerson.permit(new Random(seed));
  }

  /**
   * The text.
   *
   * <pre>
   * | 0 name 30 | 30 sex 2 | 32 reserved 4 | 36 birth 16 | 52 address 70 | 122 number 36 |
   * | 158 issuer 30 | 188 from 16 | 204 until 16 | 220 pass number 18 | 238 times issued 4 |
   * | 242 reserved 6 | 248 J 2 | 250 reserved 6 |
   * </pre>
   */
  @Override
  public byte[] text() {
    return new ChipText()
        .field(name, 15)
        .field(String.valueOf(sex.code()), 1)
        .field("", 2)
        .date(birthDate)
        .field(address, ChipText.ADDRESS_UNITS)
        .field(number, 18)
        .field(issuer, 15)
        .date(validFrom)
        .until(validUntil)
        .field(passNumber, 9)
        .field(timesIssued, 2)
        .field("", 3)
        .field("J", 1)
        .field("", 3)
        .bytes();
  }

  /** Names nobody. */
  @Override
  public String toString() {
    return "ResidencePermit";
  }
}
