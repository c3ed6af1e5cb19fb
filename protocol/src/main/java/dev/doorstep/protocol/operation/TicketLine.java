package dev.doorstep.protocol.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.constraint.Also;
import dev.doorstep.protocol.constraint.Bounds;
import dev.doorstep.protocol.constraint.Defaulted;
import dev.doorstep.protocol.constraint.Matches;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One line of a ticket: text, a QR code, a bar code or a picture.
 *
 * @param text the text; at most 1 000 characters, none of them a control character. A long line
 *     goes on in the next
 * @param qr what the QR code says; 1 to 700 bytes of UTF-8, which every printer takes
 * @param barcode the bar code; what it says stands below it
 * @param image a picture, {@code image/png} or {@code image/jpeg}; printed in black and white
 * @param align where it stands; absent means LEFT
 * @param size for text, how many times as wide and high, 1 to 8, absent means 1; for a QR code, the
 *     dots of a module, 1 to 16, absent means 6; for a bar code, the dots of its narrowest bar, 2
 *     to 6, absent means 2; for a picture, how many eighths of the paper it is wide, 1 to 8, absent
 *     means a dot for a pixel, and all of the paper if it has more pixels than that has dots
 * @param bold whether the text is bold
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Also(
    """
    {"oneOf":[
      {"properties":{"text":{"type":"string"},"qr":{"type":"null"},"barcode":{"type":"null"},
        "image":{"type":"null"},"size":{"maximum":8}},"required":["text"]},
      {"properties":{"qr":{"type":"string"},"text":{"type":"null"},"barcode":{"type":"null"},
        "image":{"type":"null"}},"required":["qr"]},
      {"properties":{"barcode":{"type":"object"},"text":{"type":"null"},"qr":{"type":"null"},
        "image":{"type":"null"},"size":{"minimum":2,"maximum":6}},"required":["barcode"]},
      {"properties":{"image":{"type":"object"},"text":{"type":"null"},"qr":{"type":"null"},
        "barcode":{"type":"null"},"size":{"maximum":8}},"required":["image"]}]}
    """)
public record TicketLine(
    Optional<@Bounds(max = 1000) @Matches(Matches.PRINTABLE) String> text,
    Optional<@Bounds(min = 1, max = 700) String> qr,
    Optional<Barcode> barcode,
    Optional<Content> image,
    @Defaulted("LEFT") Align align,
    Optional<@Bounds(min = 1, max = 16) Integer> size,
    boolean bold) {
  private static final int LONGEST_TEXT = 1000;
  private static final int LONGEST_QR = 700;

  /** Checks that it is one of these, and the ranges. */
  public TicketLine {
    if (Stream.of(text, qr, barcode, image).filter(Optional::isPresent).count() != 1) {
      throw new IllegalArgumentException("a line has one of text, qr, barcode and image");
    }
    text.ifPresent(TicketLine::checkText);
    qr.ifPresent(TicketLine::checkQr);
    align = Objects.requireNonNullElse(align, Align.LEFT);
    int smallest = barcode.isPresent() ? 2 : 1;
    int largest = qr.isPresent() ? 16 : barcode.isPresent() ? 6 : 8;
    Ranges.check("size", size, smallest, largest);
  }

  /** A line of text at the left. */
  public static TicketLine text(String text) {
    return text(text, Align.LEFT, 1);
  }

  /** A line of text. */
  public static TicketLine text(String text, Align align, int size) {
    return new TicketLine(
        Optional.of(text),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        align,
        Optional.of(size),
        false);
  }

  /** A QR code in the middle. */
  public static TicketLine qr(String says) {
    return new TicketLine(
        Optional.empty(),
        Optional.of(says),
        Optional.empty(),
        Optional.empty(),
        Align.CENTER,
        Optional.empty(),
        false);
  }

  /** A bar code in the middle. */
  public static TicketLine barcode(Barcode barcode) {
    return new TicketLine(
        Optional.empty(),
        Optional.empty(),
        Optional.of(barcode),
        Optional.empty(),
        Align.CENTER,
        Optional.empty(),
        false);
  }

  /** A picture in the middle. */
  public static TicketLine image(Content image) {
    return new TicketLine(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(image),
        Align.CENTER,
        Optional.empty(),
        false);
  }

  /** The size, with its default; of a picture 8, though it may be narrower. */
  public int sizeOrDefault() {
    return size.orElse(text.isPresent() ? 1 : qr.isPresent() ? 6 : barcode.isPresent() ? 2 : 8);
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
    return "TicketLine[" + kind() + ", " + align + "]";
  }

  private String kind() {
    return text.isPresent()
        ? "text"
        : qr.isPresent() ? "qr" : barcode.isPresent() ? "barcode" : "image";
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
    int length = says.getBytes(StandardCharsets.UTF_8).length;
    if (length < 1 || length > LONGEST_QR) {
      throw new IllegalArgumentException("qr must be 1 to 700 bytes of UTF-8");
    }
  }
}
