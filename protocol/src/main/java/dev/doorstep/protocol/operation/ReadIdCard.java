package dev.doorstep.protocol.operation;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.OperationType;
import dev.doorstep.protocol.constraint.Bounds;
import dev.doorstep.protocol.constraint.Defaulted;
import java.time.Duration;

/**
 * {@code id-card.read}: reads an identity card.
 *
 * @param patience {@code wait}: how long to wait for a card to be placed, PT0S to PT15M; absent
 *     means PT20S
 * @param fingerprints whether to read the fingerprints too; a card may hold none
 * @param newestAddress whether to read the address that was appended to the card; it may have none
 */
public record ReadIdCard(
    @JsonProperty("wait") @Defaulted("PT20S") @Bounds(min = 0, max = 900) Duration patience,
    boolean fingerprints,
    boolean newestAddress)
    implements Operation<IdCard> {
  /** The operation's type. */
  public static final OperationType<ReadIdCard, IdCard> TYPE =
      new OperationType<>("id-card.read", ReadIdCard.class, IdCard.class);

  /** Checks the range. */
  public ReadIdCard {
    patience = Waits.check(patience, Duration.ofSeconds(20));
  }

  /** Text and photo alone. */
  public ReadIdCard(Duration patience) {
    this(patience, false, false);
  }

  @Override
  public OperationType<ReadIdCard, IdCard> type() {
    return TYPE;
  }
}
