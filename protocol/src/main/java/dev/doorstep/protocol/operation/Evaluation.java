package dev.doorstep.protocol.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.constraint.Also;
import java.util.Objects;
import java.util.Optional;

/**
 * The result of {@code evaluation.ask}. No answer is an answer of its own, never a level (GB/T
 * 39734-2020: evaluation is voluntary).
 *
 * @param answer whether the resident gave a level
 * @param level the level, with {@code GIVEN} alone
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Also(
    """
    {"oneOf":[
      {"properties":{"answer":{"const":"GIVEN"},"level":{"type":"string"}},"required":["level"]},
      {"properties":{"answer":{"not":{"const":"GIVEN"}},"level":{"type":"null"}}}]}
    """)
public record Evaluation(OpenEnum<Answer> answer, Optional<OpenEnum<EvaluationLevel>> level) {
  /** Checks that there is a level exactly where one was given. */
  public Evaluation {
    Objects.requireNonNull(answer, "answer is missing");
    if (answer.is(Answer.GIVEN) != level.isPresent()) {
      throw new IllegalArgumentException("a level goes with GIVEN, and only with it");
    }
  }

  /** An answer with a level. */
  public static Evaluation given(EvaluationLevel level) {
    return new Evaluation(OpenEnum.of(Answer.GIVEN), Optional.of(OpenEnum.of(level)));
  }

  /** An answer without one. */
  public static Evaluation none(Answer answer) {
    return new Evaluation(OpenEnum.of(answer), Optional.empty());
  }

  /** Whether the resident gave a level. */
  public enum Answer {
    /** A level was chosen. */
    GIVEN,
    /** The resident does not want to answer. */
    DECLINED,
    /** Nobody answered in time. */
    TIMED_OUT
  }
}
