package dev.doorstep.protocol.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.constraint.Also;
import dev.doorstep.protocol.constraint.Matches;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The result of {@code screen.sign}. A signature by hand is a picture and its strokes, not an
 * electronic signature in the sense of a law.
 *
 * @param answer whether the resident signed
 * @param document the SHA-256 of the document as it came, 64 hexadecimal digits. The SVG names it,
 *     too
 * @param svg the strokes as {@code image/svg+xml}, with the time and the pressure of each point;
 *     with {@code SIGNED} alone. Personal
 * @param png the same as {@code image/png}, black on nothing; with {@code SIGNED} alone. Personal
 * @param asked when the document was shown, by the point's clock
 * @param answered when it was signed or declined, by the point's clock; absent if nobody did
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Also(
    """
    {"oneOf":[
      {"properties":{"answer":{"const":"SIGNED"},"svg":{"type":"object"},"png":{"type":"object"}},
        "required":["svg","png"]},
      {"properties":{"answer":{"not":{"const":"SIGNED"}},"svg":{"type":"null"},
        "png":{"type":"null"}}}]}
    """)
public record Signature(
    OpenEnum<Answer> answer,
    @Matches(ScreenTexts.SHA256) String document,
    Optional<Content> svg,
    Optional<Content> png,
    Instant asked,
    Optional<Instant> answered) {
  /** Checks what goes with what. */
  public Signature {
    Objects.requireNonNull(answer, "answer is missing");
    Objects.requireNonNull(document, "document is missing");
    Objects.requireNonNull(asked, "asked is missing");
    ScreenTexts.checkDigest(document);
    boolean signed = answer.is(Answer.SIGNED);
    if (svg.isPresent() != signed || png.isPresent() != signed) {
      throw new IllegalArgumentException("svg and png go with SIGNED, and only with it");
    }
    if (answer.is(Answer.TIMED_OUT) == answered.isPresent()) {
      throw new IllegalArgumentException("answered goes with an answer");
    }
  }

  /** The answer alone. */
  @Override
  public String toString() {
    return "Signature[" + answer.text() + "]";
  }

  /** Whether the resident signed. */
  public enum Answer {
    /** They did. */
    SIGNED,
    /** They do not want to. */
    DECLINED,
    /** Nobody signed in time. */
    TIMED_OUT
  }
}
