package dev.doorstep.protocol.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.constraint.Matches;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The result of {@code screen.confirm}. No answer is neither yes nor no.
 *
 * @param answer what the resident pressed, if anything
 * @param document the SHA-256 of the content that was shown, 64 hexadecimal digits; absent if there
 *     was none
 * @param asked when it was shown, by the point's clock
 * @param answered when it was answered, by the point's clock; absent if nobody did
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Confirmation(
    OpenEnum<Answer> answer,
    Optional<@Matches(ScreenTexts.SHA256) String> document,
    Instant asked,
    Optional<Instant> answered) {
  /** Checks that there is a time exactly where there is an answer. */
  public Confirmation {
    Objects.requireNonNull(answer, "answer is missing");
    Objects.requireNonNull(asked, "asked is missing");
    document.ifPresent(ScreenTexts::checkDigest);
    if (answer.is(Answer.TIMED_OUT) == answered.isPresent()) {
      throw new IllegalArgumentException("answered goes with an answer");
    }
  }

  /** What a resident says to what they read. */
  public enum Answer {
    /** It is right. */
    YES,
    /** It is not, or they do not agree. */
    NO,
    /** Nobody answered in time. */
    TIMED_OUT
  }
}
