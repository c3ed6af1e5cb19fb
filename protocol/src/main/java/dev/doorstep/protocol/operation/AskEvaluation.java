package dev.doorstep.protocol.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.OperationType;
import dev.doorstep.protocol.constraint.Bounds;
import dev.doorstep.protocol.constraint.Defaulted;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code evaluation.ask}: asks the resident how the service was (好差评). No level is preselected.
 *
 * @param item what the service was, shown above the levels; at most 100 characters
 * @param staff who gave it, shown above the levels; at most 100 characters
 * @param patience {@code wait}: how long to wait for an answer, PT0S to PT15M; absent means PT30S
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record AskEvaluation(
    Optional<@Bounds(max = 100) String> item,
    Optional<@Bounds(max = 100) String> staff,
    @JsonProperty("wait") @Defaulted("PT30S") @Bounds(min = 0, max = 900) Duration patience)
    implements Operation<Evaluation> {
  /** The operation's type. */
  public static final OperationType<AskEvaluation, Evaluation> TYPE =
      new OperationType<>("evaluation.ask", AskEvaluation.class, Evaluation.class);

  private static final int LONGEST = 100;

  /** Checks the ranges. */
  public AskEvaluation {
    check("item", item);
    check("staff", staff);
    patience = Waits.check(patience, Duration.ofSeconds(30));
  }

  @Override
  public OperationType<AskEvaluation, Evaluation> type() {
    return TYPE;
  }

  /** The time to wait alone: item and staff may be personal. */
  @Override
  public String toString() {
    return "AskEvaluation[wait=" + patience + "]";
  }

  private static void check(String what, Optional<String> text) {
    if (text.isPresent() && text.get().length() > LONGEST) {
      throw new IllegalArgumentException(what + " must be at most 100 characters long");
    }
  }
}
