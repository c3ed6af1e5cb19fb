package dev.doorstep.protocol.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.OperationType;
import dev.doorstep.protocol.constraint.Also;
import dev.doorstep.protocol.constraint.Bounds;
import dev.doorstep.protocol.constraint.Defaulted;
import dev.doorstep.protocol.constraint.Matches;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code screen.show}: shows the resident a text, a picture or the pages of a PDF, and asks
 * nothing. Ends as soon as it is shown; it stays until the next task, {@code screen.clear}, or
 * {@code stay} is over, and is not shown again after a restart of the agent.
 *
 * @param title above it; at most 100 characters
 * @param text at most 2 000 characters, in which line feeds are kept
 * @param content {@code application/pdf}, {@code image/png} or {@code image/jpeg}
 * @param pages which pages of the content, such as {@code 1-3,5}; absent means all
 * @param stay how long it stays at most, PT1S to PT15M; absent means PT2M
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Also(
    """
    {"anyOf":[
      {"properties":{"title":{"type":"string"}},"required":["title"]},
      {"properties":{"text":{"type":"string"}},"required":["text"]},
      {"properties":{"content":{"type":"object"}},"required":["content"]}]}
    """)
public record ShowOnScreen(
    Optional<@Bounds(max = ScreenTexts.LONGEST_TITLE) String> title,
    Optional<@Bounds(max = ScreenTexts.LONGEST_TEXT) String> text,
    Optional<Content> content,
    Optional<@Matches(PageRange.RANGES) String> pages,
    @Defaulted("PT2M") @Bounds(min = 1, max = 900) Duration stay)
    implements Operation<Shown> {
  /** The operation's type. */
  public static final OperationType<ShowOnScreen, Shown> TYPE =
      new OperationType<>("screen.show", ShowOnScreen.class, Shown.class);

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(15);

  /** Checks that there is something to show, and the ranges. */
  public ShowOnScreen {
    ScreenTexts.check(title, text);
    pages.ifPresent(PageRange::parseAll);
    stay = Objects.requireNonNullElse(stay, Duration.ofMinutes(2));
    if (stay.compareTo(SHORTEST) < 0 || stay.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("stay must be PT1S to PT15M");
    }
    if (title.isEmpty() && text.isEmpty() && content.isEmpty()) {
      throw new IllegalArgumentException("title, text or content must be there to be shown");
    }
  }

  /** A text alone, under a title, for the usual time. */
  public static ShowOnScreen text(String title, String text) {
    return new ShowOnScreen(
        Optional.of(title),
        Optional.of(text),
        Optional.empty(),
        Optional.empty(),
        Duration.ofMinutes(2));
  }

  @Override
  public OperationType<ShowOnScreen, Shown> type() {
    return TYPE;
  }

  /** The time alone: what is shown may be personal. */
  @Override
  public String toString() {
    return "ShowOnScreen[stay=" + stay + "]";
  }
}
