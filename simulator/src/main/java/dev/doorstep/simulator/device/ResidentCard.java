package dev.doorstep.simulator.device;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * A resident identity card of the second generation, as its chip holds it. Only invented people and
 * the printed specimen have one here.
 *
 * @param name at most 15 UTF-16 units
 * @param sex as GB/T 2261.1 codes it
 * @param nation ethnic group, two digits of GB/T 3304
 * @param birthDate day of birth
 * @param address at most 35 UTF-16 units
 * @param number 18 characters of GB 11643; the check digit is taken as it comes, so that a card
 *     with a wrong one can be played
 * @param issuer at most 15 UTF-16 units
 * @param validFrom first day of validity
 * @param validUntil last day of validity; empty for 长期
 */
public record ResidentCard(
    String name,
    Sex sex,
    String nation,
    LocalDate birthDate,
    String address,
    String number,
    String issuer,
    LocalDate validFrom,
    Optional<LocalDate> validUntil)
    implements IdentityCard {

  private static final Pattern NATION = Pattern.compile("[0-9]{2}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{17}[0-9X]");

  /** Sex by its code in GB/T 2261.1. */
  public enum Sex {
    /** Not known. */
    UNKNOWN('0'),
    /** Male. */
    MALE('1'),
    /** Female. */
    FEMALE('2'),
    /** Not specified. */
    UNSPECIFIED('9');

    private final char code;

    Sex(char code) {
      this.code = code;
    }

    /** The digit on the chip. */
    public char code() {
      return code;
    }
  }

  /**
   * Checks that every field fits its place on the chip.
   *
   * @throws IllegalArgumentException naming the field, not its content
   */
  public ResidentCard {
    ChipText.fits("name", name, 15);
    ChipText.fits("address", address, ChipText.ADDRESS_UNITS);
    ChipText.fits("issuer", issuer, 15);
    ChipText.matches("nation", nation, NATION);
    ChipText.matches("number", number, NUMBER);
  }

  /** The specimen that is printed in public material: 证件样本, with its well-known number. */
  public static ResidentCard specimen() {
    return new ResidentCard(
        "证件样本",
        Sex.FEMALE,
        "01",
        LocalDate.of(1949, 12, 31),
        "样本省样本市样本区样本路1号",
        "11010519491231002X",
        "样本市公安局样本分局",
        LocalDate.of(2020, 1, 1),
        Optional.empty());
  }

  /** An invented person, the same for the same seed; the area code 99xxxx exists nowhere. */
  public static ResidentCard generated(long seed) {
    return GeneratedPerson.of(new Random(seed));
  }

  /**
   * The 256 bytes of text: UTF-16LE, each field padded with U+0020.
   *
   * <pre>
   * | 0 name 30 | 30 sex 2 | 32 nation 4 | 36 birth 16 | 52 address 70 | 122 number 36 |
   * | 158 issuer 30 | 188 from 16 | 204 until 16 | 220 reserved 36 (248: type flag, a space) |
   * </pre>
   */
  @Override
  public byte[] text() {
    return new ChipText()
        .field(name, 15)
        .field(String.valueOf(sex.code()), 1)
        .field(nation, 2)
        .date(birthDate)
        .field(address, ChipText.ADDRESS_UNITS)
        .field(number, 18)
        .field(issuer, 15)
        .date(validFrom)
        .until(validUntil)
        .field("", 18)
        .bytes();
  }

  /** Names nobody: cards stand in logs and in messages of failed tests. */
  @Override
  public String toString() {
    return "ResidentCard";
  }
}
