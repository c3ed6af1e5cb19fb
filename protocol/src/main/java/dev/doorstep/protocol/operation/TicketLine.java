package dev.doorstep.protocol.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.doorstep.protocol.constraint.Also;
import dev.doorstep.protocol.constraint.Bounds;
import dev.doorstep.protocol.constraint.Defaulted;
import dev.doorstep.protocol.constraint.Matches;
import java.util.Objects;
import java.util.Optional;

/**
 * One line of a ticket: either text or a QR code.
 *
 * @param text the text; at most 1 000 characters, none of them a control character. A long line
 *     goes on in the next
 * @param qr what the QR code says; 1 to 700 bytes of UTF-8, which every printer takes
 * @param align where it stands; absent means LEFT
 * @param size for text, how many times as wide and high, 1 to 8, absent means 1; for a QR code, the
 *     dots of a module, 1 to 16, absent means 6
 * @param bold whether the text is bold
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Also(
    """
    {"oneOf":[
      {"properties":{"text":{"type":"string"},"qr":{"type":"null"},"size":{"maximum":8}},
        "required":["text"]},
      {"properties":{"qr":{"type":"string"},"text":{"type":"null"}},"required":["qr"]}]}
    """)
public record TicketLine(
    Optional<@Bounds(max = 1000) @Matches(Matches.PRINTABLE) String> text,
    Optional<@Bounds(min = 1, max = 700) String> qr,
    @Defaulted("LEFT") Align align,
    Optional<@Bounds(min = 1, max = 16) Integer> size,
    boolean bold) {
  private static final int LONGEST_TEXT = 1000;
  private static final int LONGEST_QR = 700;

  /** Checks that it is one of both, and the ranges. */
  public TicketLine {
    if (text.isPresent() == qr.isPresent()) {
      throw new IllegalArgumentException("a line has either text or qr");
    }
    text.ifPresent(TicketLine::checkText);
    qr.ifPresent(TicketLine::checkQr);
    align = Objects.requireNonNullElse(align, Align.LEFT);
    int largest = text.isPresent() ? 8 : 16;
    if (size.isPresent() && (size.get() < 1 || size.get() > largest)) {
      throw new IllegalArgumentException("size must be 1 to " + largest);
    }
  }

  /** A line of text at the left. */
  public static TicketLine text(String text) {
    return text(text, Align.LEFT, 1);
  }

  /** A line of text. */
  public static TicketLine text(String text, Align align, int size) {
    return new TicketLine(Optional.of(text), Optional.empty(), align, Optional.of(size), false);
  }

  /** A QR code in the middle. */
  public static TicketLine qr(String says) {
    return new TicketLine(
        Optional.empty(), Optional.of(says), Align.CENTER, Optional.empty(), false);
  }

  /** The size, with its default. */
  public int sizeOrDefault() {
    return size.orElse(text.isPresent() ? 1 : 6);
  }

  /** Where a line stands. */
  public enum Align {
    /** At the left edge. */
    LEFT,
    /** In the middle. */
    CENTER,
    /** At the right edge. */
    RIGHT
  }

  /** Kind and place alone: what a ticket says may be personal. */
  @Override
  public String toString() {
    return "TicketLine[" + (text.isPresent() ? "text" : "qr") + ", " + align + "]";
  }

  private static void checkText(String text) {
    if (text.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException("text must be at most 1000 characters long");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("text must not hold control characters");
    }
  }

  private static void checkQr(String says) {
    int length = says.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    if (length < 1 || length > LONGEST_QR) {
      throw new IllegalArgumentException("qr must be 1 to 700 bytes of UTF-8");
    }
  }
}
