package dev.doorstep.protocol.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.OpenEnum;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * The result of {@code id-card.read}. What a card type has not is left out; padding is stripped.
 *
 * @param type which card it is
 * @param name the holder's name
 * @param englishName the name in Latin letters, on the cards of foreigners
 * @param sex as on the card (GB/T 2261.1)
 * @param nation the ethnic group (GB/T 3304)
 * @param birthDate the date of birth; absent if the card holds no date there
 * @param address the address on the card
 * @param number the card's number
 * @param numberValid whether the check digit of the number holds (GB 11643)
 * @param issuer who issued the card
 * @param validFrom the first day of validity
 * @param validUntil the last day of validity (ISO), or {@code LONG_TERM}
 * @param passNumber the number of the permit to travel
 * @param timesIssued how often it was issued
 * @param nationality the holder's nationality
 * @param photo the photo, as {@code application/x-wlt} unless a decoder is set up
 * @param fingerprints the fingerprints, if they were asked for
 * @param newestAddress the address appended to the card, if it was asked for
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record IdCard(
    OpenEnum<Type> type,
    Optional<String> name,
    Optional<String> englishName,
    Optional<OpenEnum<Sex>> sex,
    Optional<Nation> nation,
    Optional<LocalDate> birthDate,
    Optional<String> address,
    Optional<String> number,
    Optional<Boolean> numberValid,
    Optional<String> issuer,
    Optional<LocalDate> validFrom,
    Optional<String> validUntil,
    Optional<String> passNumber,
    Optional<String> timesIssued,
    Optional<String> nationality,
    Optional<Content> photo,
    Optional<Content> fingerprints,
    Optional<String> newestAddress) {
  /** Checks that there is a type. */
  public IdCard {
    Objects.requireNonNull(type, "type is missing");
  }

  /** What {@code validUntil} says of a card that does not end (长期). */
  public static final String LONG_TERM = "LONG_TERM";

  /** The cards that the readers know. */
  public enum Type {
    /** 居民身份证. */
    RESIDENT,
    /** 港澳台居民居住证. */
    HMT_RESIDENCE,
    /** 外国人永久居留身份证, form of 2017. */
    FOREIGNER_2017,
    /** 外国人永久居留身份证, form of 2023. */
    FOREIGNER_2023
  }

  /** Sex as GB/T 2261.1 codes it: 0, 1, 2 and 9. */
  public enum Sex {
    /** 1. */
    MALE,
    /** 2. */
    FEMALE,
    /** 0. */
    UNKNOWN,
    /** 9. */
    UNSPECIFIED
  }

  /**
   * An ethnic group.
   *
   * @param code the code on the card (GB/T 3304)
   * @param name its Chinese name; absent if the code is not known
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Nation(String code, Optional<String> name) {
    /** Checks that there is a code. */
    public Nation {
      Objects.requireNonNull(code, "code is missing");
    }

    /** The group of a code, with its name if GB/T 3304 has it. */
    public static Nation of(String code) {
      return new Nation(code, Nations.name(code));
    }
  }

  /** The type alone: everything else is personal data. */
  @Override
  public String toString() {
    return "IdCard[" + type + "]";
  }
}
