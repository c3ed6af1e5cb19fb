package dev.doorstep.protocol.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.OperationType;
import dev.doorstep.protocol.constraint.Bounds;
import dev.doorstep.protocol.constraint.Defaulted;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code screen.sign}: the resident reads a document and signs for it with a finger or a pen. They
 * come to the field for the signature once the document's end was on the screen.
 *
 * @param title above it; at most 100 characters
 * @param text at most 2 000 characters, in which line feeds are kept
 * @param content the document: {@code application/pdf}, {@code image/png} or {@code image/jpeg}
 * @param patience {@code wait}: how long to wait for the signature, PT0S to PT15M; absent means
 *     PT3M
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record SignOnScreen(
    Optional<@Bounds(max = ScreenTexts.LONGEST_TITLE) String> title,
    Optional<@Bounds(max = ScreenTexts.LONGEST_TEXT) String> text,
    Content content,
    @JsonProperty("wait") @Defaulted("PT3M") @Bounds(min = 0, max = 900) Duration patience)
    implements Operation<Signature> {
  /** The operation's type. */
  public static final OperationType<SignOnScreen, Signature> TYPE =
      new OperationType<>("screen.sign", SignOnScreen.class, Signature.class);

  /** Checks that there is a document, and the ranges. */
  public SignOnScreen {
    Objects.requireNonNull(content, "content is missing");
    ScreenTexts.check(title, text);
    patience = Waits.check(patience, Duration.ofMinutes(3));
  }

  /** All of a document, under a title. */
  public static SignOnScreen document(String title, Content content, Duration patience) {
    return new SignOnScreen(Optional.of(title), Optional.empty(), content, patience);
  }

  @Override
  public OperationType<SignOnScreen, Signature> type() {
    return TYPE;
  }

  /** The time to wait alone: what is shown may be personal. */
  @Override
  public String toString() {
    return "SignOnScreen[wait=" + patience + "]";
  }
}
