package dev.doorstep.protocol.operation;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.OperationType;
import dev.doorstep.protocol.constraint.Bounds;
import dev.doorstep.protocol.constraint.Defaulted;
import java.time.Duration;

/**
 * {@code social-card.read}: reads what a social-security card tells without a PIN.
 *
 * @param patience {@code wait}: how long to wait for a card, PT0S to PT15M; absent means PT20S
 */
public record ReadSocialCard(
    @JsonProperty("wait") @Defaulted("PT20S") @Bounds(min = 0, max = 900) Duration patience)
    implements Operation<SocialCard> {
  /** The operation's type. */
  public static final OperationType<ReadSocialCard, SocialCard> TYPE =
      new OperationType<>("social-card.read", ReadSocialCard.class, SocialCard.class);

  /** Checks the range. */
  public ReadSocialCard {
    patience = Waits.check(patience, Duration.ofSeconds(20));
  }

  @Override
  public OperationType<ReadSocialCard, SocialCard> type() {
    return TYPE;
  }
}
