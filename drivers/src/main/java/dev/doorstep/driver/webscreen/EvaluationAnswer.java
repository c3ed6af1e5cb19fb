package dev.doorstep.driver.webscreen;

import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.operation.Evaluation;
import dev.doorstep.protocol.operation.EvaluationLevel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the page answers to a question for an evaluation. Nothing else passes: no other member, no
 * other name, no level without {@code GIVEN} and none with {@code DECLINED}, no reason that was not
 * offered, no text unasked.
 *
 * @param id the question's
 * @param answer what was pressed
 * @param level the level, with {@code GIVEN} alone
 * @param reasons the codes that were chosen
 * @param comment what was written
 */
record EvaluationAnswer(
    String id,
    OpenEnum<Press> answer,
    Optional<OpenEnum<EvaluationLevel>> level,
    Optional<List<String>> reasons,
    Optional<String> comment) {
  /** What a resident can press. */
  enum Press {
    /** One of the levels. */
    GIVEN,
    /** The button that is none. */
    DECLINED
  }

  /** Checks that both are there that must be. */
  EvaluationAnswer {
    if (id == null || answer == null) {
      throw new IllegalArgumentException("no answer of a page");
    }
  }

  /**
   * The result that a message of the page stands for.
   *
   * @param task the question that is open
   * @return empty if the message is not an answer to it, whatever else it may be
   */
  static Optional<Evaluation> read(String message, EvaluationTask task) {
    return PageMessage.read(message, EvaluationAnswer.class)
        .filter(answer -> answer.id.equals(task.id()))
        .flatMap(answer -> answer.evaluation(task));
  }

  private Optional<Evaluation> evaluation(EvaluationTask task) {
    if (answer.is(Press.GIVEN)) {
      return level
          .flatMap(name -> name.as(EvaluationLevel.class))
          .filter(chosen -> wasOffered(chosen, task))
          .map(chosen -> Evaluation.given(chosen, reasons, written()));
    }
    boolean alone = level.isEmpty() && reasons.isEmpty() && comment.isEmpty();
    return answer.is(Press.DECLINED) && alone
        ? Optional.of(Evaluation.none(Evaluation.Answer.DECLINED))
        : Optional.empty();
  }

  private boolean wasOffered(EvaluationLevel chosen, EvaluationTask task) {
    Set<String> offered =
        task.levels().stream()
            .filter(choice -> choice.level() == chosen)
            .flatMap(choice -> choice.reasons().stream().flatMap(List::stream))
            .map(EvaluationTask.Reason::code)
            .collect(Collectors.toSet());
    List<String> codes = reasons.orElse(List.of());
    String text = comment.orElse("");
    return offered.containsAll(codes)
        && codes.stream().distinct().count() == codes.size()
        && text.length() <= task.comment().orElse(0)
        && text.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n');
  }

  /** Nothing of it: a comment is a person's. */
  @Override
  public String toString() {
    return "EvaluationAnswer";
  }

  /** A text of blanks alone is none. */
  private Optional<String> written() {
    return comment.map(String::strip).filter(text -> !text.isEmpty());
  }
}
