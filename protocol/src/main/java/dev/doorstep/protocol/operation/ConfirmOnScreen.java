package dev.doorstep.protocol.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.OperationType;
import dev.doorstep.protocol.constraint.Also;
import dev.doorstep.protocol.constraint.Bounds;
import dev.doorstep.protocol.constraint.Defaulted;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code screen.confirm}: the resident reads what was filled in for them, and presses yes or no.
 * Yes can be pressed once the end of it was on the screen.
 *
 * @param title above it; at most 100 characters
 * @param text at most 2 000 characters, in which line feeds are kept
 * @param fields what was filled in, at most {@value #MOST_FIELDS}
 * @param content {@code application/pdf}, {@code image/png} or {@code image/jpeg}
 * @param patience {@code wait}: how long to wait for an answer, PT0S to PT15M; absent means PT2M
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Also(
    """
    {"anyOf":[
      {"properties":{"text":{"type":"string"}},"required":["text"]},
      {"properties":{"fields":{"type":"array","minItems":1}},"required":["fields"]},
      {"properties":{"content":{"type":"object"}},"required":["content"]}]}
    """)
public record ConfirmOnScreen(
    Optional<@Bounds(max = ScreenTexts.LONGEST_TITLE) String> title,
    Optional<@Bounds(max = ScreenTexts.LONGEST_TEXT) String> text,
    Optional<@Bounds(max = MOST_FIELDS) List<Field>> fields,
    Optional<Content> content,
    @JsonProperty("wait") @Defaulted("PT2M") @Bounds(min = 0, max = 900) Duration patience)
    implements Operation<Confirmation> {
  /** The operation's type. */
  public static final OperationType<ConfirmOnScreen, Confirmation> TYPE =
      new OperationType<>("screen.confirm", ConfirmOnScreen.class, Confirmation.class);

  /** The most fields. */
  public static final int MOST_FIELDS = 40;

  /** Checks that there is something to confirm, and the ranges. */
  public ConfirmOnScreen {
    ScreenTexts.check(title, text);
    fields = fields.map(List::copyOf);
    patience = Waits.check(patience, Duration.ofMinutes(2));
    if (fields.isPresent() && fields.get().size() > MOST_FIELDS) {
      throw new IllegalArgumentException("fields must be at most " + MOST_FIELDS);
    }
    if (text.isEmpty() && fields.orElse(List.of()).isEmpty() && content.isEmpty()) {
      throw new IllegalArgumentException("text, fields or content must be there to be confirmed");
    }
  }

  /** Fields alone, under a title. */
  public static ConfirmOnScreen fields(String title, List<Field> fields, Duration patience) {
    return new ConfirmOnScreen(
        Optional.of(title), Optional.empty(), Optional.of(fields), Optional.empty(), patience);
  }

  @Override
  public OperationType<ConfirmOnScreen, Confirmation> type() {
    return TYPE;
  }

  /** The time to wait alone: what is shown may be personal. */
  @Override
  public String toString() {
    return "ConfirmOnScreen[wait=" + patience + "]";
  }

  /**
   * What was filled in.
   *
   * @param name what it is, at most 50 characters
   * @param value what stands there, at most 500 characters. Personal
   */
  public record Field(
      @Bounds(max = LONGEST_NAME) String name, @Bounds(max = LONGEST_VALUE) String value) {
    private static final int LONGEST_NAME = 50;
    private static final int LONGEST_VALUE = 500;

    /** Checks the lengths. */
    public Field {
      Objects.requireNonNull(name, "name is missing");
      Objects.requireNonNull(value, "value is missing");
      ScreenTexts.length("name", Optional.of(name), LONGEST_NAME);
      ScreenTexts.length("value", Optional.of(value), LONGEST_VALUE);
    }

    /** Nothing of it. */
    @Override
    public String toString() {
      return "Field";
    }
  }
}
