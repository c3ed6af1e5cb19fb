package dev.doorstep.protocol.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.constraint.Also;
import dev.doorstep.protocol.constraint.Bounds;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The result of {@code evaluation.ask}. No answer is an answer of its own, never a level (GB/T
 * 39734-2020: evaluation is voluntary).
 *
 * @param answer whether the resident gave a level
 * @param level the level, with {@code GIVEN} alone
 * @param reasons the codes of the reasons that were chosen, in their order; with a level, where
 *     they were offered
 * @param comment what the resident wrote, at most {@value #LONGEST_COMMENT} characters; with a
 *     level, where it was asked for. Personal
 * @param asked when the question was shown, by the point's clock
 * @param answered when it was answered, by the point's clock; absent if nobody did
 * @param channel where it was answered
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Also(
    """
    {"oneOf":[
      {"properties":{"answer":{"const":"GIVEN"},"level":{"type":"string"}},"required":["level"]},
      {"properties":{"answer":{"not":{"const":"GIVEN"}},"level":{"type":"null"},
        "reasons":{"type":"null"},"comment":{"type":"null"}}}]}
    """)
public record Evaluation(
    OpenEnum<Answer> answer,
    Optional<OpenEnum<EvaluationLevel>> level,
    Optional<@Bounds(max = MOST_REASONS) List<String>> reasons,
    Optional<@Bounds(max = LONGEST_COMMENT) String> comment,
    Optional<Instant> asked,
    Optional<Instant> answered,
    Optional<OpenEnum<Channel>> channel) {
  /** The most characters of a comment. */
  public static final int LONGEST_COMMENT = 500;

  /** The most reasons. */
  public static final int MOST_REASONS = 20;

  /** Checks that there is a level exactly where one was given, and what goes with it. */
  public Evaluation {
    Objects.requireNonNull(answer, "answer is missing");
    reasons = reasons.map(List::copyOf);
    ScreenTexts.length("comment", comment, LONGEST_COMMENT);
    if (reasons.isPresent() && reasons.get().size() > MOST_REASONS) {
      throw new IllegalArgumentException("reasons must be at most " + MOST_REASONS);
    }
    if (answer.is(Answer.GIVEN) != level.isPresent()) {
      throw new IllegalArgumentException("a level goes with GIVEN, and only with it");
    }
    if (level.isEmpty() && (reasons.isPresent() || comment.isPresent())) {
      throw new IllegalArgumentException("reasons and comment go with a level");
    }
  }

  /** An answer with a level alone. */
  public static Evaluation given(EvaluationLevel level) {
    return given(level, Optional.empty(), Optional.empty());
  }

  /** An answer with a level and what was said about it. */
  public static Evaluation given(
      EvaluationLevel level, Optional<List<String>> reasons, Optional<String> comment) {
    return new Evaluation(
        OpenEnum.of(Answer.GIVEN),
        Optional.of(OpenEnum.of(level)),
        reasons,
        comment,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** An answer without one. */
  public static Evaluation none(Answer answer) {
    return new Evaluation(
        OpenEnum.of(answer),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * The same, with when and where.
   *
   * @param end when the question ended; the time of the answer, if there is one
   */
  public Evaluation at(Instant begin, Instant end, Channel where) {
    Optional<Instant> given = answer.is(Answer.TIMED_OUT) ? Optional.empty() : Optional.of(end);
    return new Evaluation(
        answer,
        level,
        reasons,
        comment,
        Optional.of(begin),
        given,
        Optional.of(OpenEnum.of(where)));
  }

  /** Answer and level alone: the comment is a person's. */
  @Override
  public String toString() {
    return "Evaluation[" + answer.text() + level.map(it -> " " + it.text()).orElse("") + "]";
  }

  /** Where an evaluation is given. */
  public enum Channel {
    /** A tablet or keypad on a counter: {@code pf} 4 in 好差评 interfaces. */
    COUNTER_PAD,
    /** Another terminal, such as a kiosk: {@code pf} 5. */
    OTHER_TERMINAL;

    /** The number in 好差评 interfaces ({@code pf}). */
    public int pf() {
      return this == COUNTER_PAD ? 4 : 5;
    }
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
