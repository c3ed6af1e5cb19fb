package dev.doorstep.driver.webscreen;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.doorstep.driver.transport.ScreenView;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.operation.AskEvaluation;
import dev.doorstep.protocol.operation.Evaluation;
import dev.doorstep.protocol.operation.EvaluationLevel;
import dev.doorstep.protocol.operation.EvaluationReason;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The question, as it goes to the page.
 *
 * @param task {@code evaluation}
 * @param id random, new for each question, so that no answer can be made before it was asked
 * @param levels what is offered, best first
 * @param number the case's number
 * @param item what the service was
 * @param window where it was given
 * @param staff who gave it
 * @param comment the most characters of a text of the resident's own; absent if none is asked for
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record EvaluationTask(
    String task,
    String id,
    List<Choice> levels,
    Optional<String> number,
    Optional<String> item,
    Optional<String> window,
    Optional<String> staff,
    Optional<Integer> comment) {
  /** Copies the levels. */
  EvaluationTask {
    levels = List.copyOf(levels);
  }

  /**
   * One button.
   *
   * @param zh its word in Chinese
   * @param en its word in English
   * @param reasons what is offered once it is pressed; absent if nothing is
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Choice(EvaluationLevel level, String zh, String en, Optional<List<Reason>> reasons) {
    private static Choice of(EvaluationLevel level, boolean reasons) {
      return new Choice(
          level,
          level.text(Locale.CHINESE),
          level.text(Locale.ENGLISH),
          reasons
              ? Optional.of(EvaluationReason.of(level).stream().map(Reason::of).toList())
              : Optional.empty());
    }
  }

  /** A reason, in both languages. */
  record Reason(String code, String zh, String en) {
    private static Reason of(EvaluationReason reason) {
      return new Reason(reason.code(), reason.text(Locale.CHINESE), reason.text(Locale.ENGLISH));
    }
  }

  /** The question that a command asks, with a fresh id. */
  static EvaluationTask of(AskEvaluation question) {
    return new EvaluationTask(
        "evaluation",
        TaskId.next(),
        Arrays.stream(EvaluationLevel.values())
            .map(level -> Choice.of(level, question.reasons()))
            .toList(),
        question.number(),
        question.item(),
        question.window(),
        question.staff(),
        question.comment() ? Optional.of(Evaluation.LONGEST_COMMENT) : Optional.empty());
  }

  ScreenView view() {
    return ScreenView.of(Codec.text(this));
  }

  /** The id alone: the rest is the center's words about a person's business. */
  @Override
  public String toString() {
    return "EvaluationTask[" + id + "]";
  }
}
