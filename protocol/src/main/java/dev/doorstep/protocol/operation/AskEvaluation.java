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
 * @param number the case's number, shown above the levels as the next three; at most 64 characters
 * @param item what the service was; at most 100 characters
 * @param window where it was given; at most 50 characters
 * @param staff who gave it; at most 100 characters
 * @param reasons whether the standard's reasons for a level are offered behind it, of which the
 *     resident may choose several; absent means false
 * @param comment whether a text of the resident's own is asked for, too; absent means false
 * @param patience {@code wait}: how long to wait for an answer, PT0S to PT15M; absent means PT30S
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record AskEvaluation(
    Optional<@Bounds(max = 64) String> number,
    Optional<@Bounds(max = 100) String> item,
    Optional<@Bounds(max = 50) String> window,
    Optional<@Bounds(max = 100) String> staff,
    boolean reasons,
    boolean comment,
    @JsonProperty("wait") @Defaulted("PT30S") @Bounds(min = 0, max = 900) Duration patience)
    implements Operation<Evaluation> {
  /** The operation's type. */
  public static final OperationType<AskEvaluation, Evaluation> TYPE =
      new OperationType<>("evaluation.ask", AskEvaluation.class, Evaluation.class);

  private static final int LONGEST = 100;
  private static final int LONGEST_NUMBER = 64;
  private static final int LONGEST_WINDOW = 50;

  /** Checks the ranges. */
  public AskEvaluation {
    ScreenTexts.length("number", number, LONGEST_NUMBER);
    ScreenTexts.length("item", item, LONGEST);
    ScreenTexts.length("window", window, LONGEST_WINDOW);
    ScreenTexts.length("staff", staff, LONGEST);
    patience = Waits.check(patience, Duration.ofSeconds(30));
  }

  /** A question for the level alone. */
  public static AskEvaluation plain(
      Optional<String> item, Optional<String> staff, Duration patience) {
    return new AskEvaluation(
        Optional.empty(), item, Optional.empty(), staff, false, false, patience);
  }

  @Override
  public OperationType<AskEvaluation, Evaluation> type() {
    return TYPE;
  }

  /** The time to wait alone: what is shown may be personal. */
  @Override
  public String toString() {
    return "AskEvaluation[wait=" + patience + "]";
  }
}
