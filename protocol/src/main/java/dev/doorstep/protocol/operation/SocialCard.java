package dev.doorstep.protocol.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.doorstep.protocol.OpenEnum;
import java.util.Optional;

/**
 * The result of {@code social-card.read}. What a card has not is left out; padding is stripped.
 * Dates are ISO 8601; what is no date, and a code that is not known, is given as it stands on the
 * card.
 *
 * @param cardId the card's identifier
 * @param cardClass the class of the card
 * @param version the version of its specification
 * @param issuer who issued it, as a number
 * @param issued when it was issued
 * @param validUntil the last day of validity
 * @param cardNumber the number on the card
 * @param number the holder's ID number
 * @param name the holder's name
 * @param sex as on the card (GB/T 2261.1)
 * @param nation the ethnic group (GB/T 3304)
 * @param birthplace the place of birth (GB/T 2260)
 * @param birthDate the date of birth
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record SocialCard(
    Optional<String> cardId,
    Optional<String> cardClass,
    Optional<String> version,
    Optional<String> issuer,
    Optional<String> issued,
    Optional<String> validUntil,
    Optional<String> cardNumber,
    Optional<String> number,
    Optional<String> name,
    Optional<OpenEnum<IdCard.Sex>> sex,
    Optional<IdCard.Nation> nation,
    Optional<String> birthplace,
    Optional<String> birthDate) {
  /** The version of its specification alone: everything else is personal data. */
  @Override
  public String toString() {
    return "SocialCard[" + version.orElse("?") + "]";
  }
}
