package dev.doorstep.driver.webscreen;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.operation.AskEvaluation;
import dev.doorstep.protocol.operation.EvaluationLevel;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The question, as it goes to the page.
 *
 * @param task {@code evaluation}
 * @param id random, new for each question, so that no answer can be made before it was asked
 * @param levels what is offered, best first
 * @param item what the service was
 * @param staff who gave it
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record EvaluationTask(
    String task, String id, List<Choice> levels, Optional<String> item, Optional<String> staff) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int ID_BYTES = 16;
  private static final List<Choice> LEVELS =
      Arrays.stream(EvaluationLevel.values()).map(Choice::of).toList();

  /** Copies the levels. */
  EvaluationTask {
    levels = List.copyOf(levels);
  }

  /**
   * One button.
   *
   * @param zh its word in Chinese
   * @param en its word in English
   */
  record Choice(EvaluationLevel level, String zh, String en) {
    private static Choice of(EvaluationLevel level) {
      return new Choice(level, level.text(Locale.CHINESE), level.text(Locale.ENGLISH));
    }
  }

  /** The question that a command asks, with a fresh id. */
  static EvaluationTask of(AskEvaluation question) {
    byte[] id = new byte[ID_BYTES];
    RANDOM.nextBytes(id);
    return new EvaluationTask(
        "evaluation",
        Base64.getUrlEncoder().withoutPadding().encodeToString(id),
        LEVELS,
        question.item(),
        question.staff());
  }

  String json() {
    return new String(Codec.write(this), StandardCharsets.UTF_8);
  }

  /** The id alone: item and staff are the center's words about a person's business. */
  @Override
  public String toString() {
    return "EvaluationTask[" + id + "]";
  }
}
