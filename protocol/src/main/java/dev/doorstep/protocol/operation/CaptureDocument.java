package dev.doorstep.protocol.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.OperationType;
import dev.doorstep.protocol.constraint.Bounds;
import dev.doorstep.protocol.constraint.Defaulted;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code document.capture}: takes a picture of the document that lies before a camera or on a
 * scanner. Left as they are, the members ask for the picture as the device gives it.
 *
 * @param format the form of the result; absent means JPEG
 * @param source where the document is; absent means FLAT
 * @param pages how many pages to take, 1 to 200; more than one need PDF or OFD. Absent means one,
 *     and of a feeder all, if the format holds them
 * @param layout what lies there; absent means PAGE
 * @param patience {@code wait}: for each page after the first that lies flat, how long to wait
 *     until it was laid there, PT0S to PT15M; absent means PT20S
 * @param dpi how fine, in dots per inch, 50 to 1 200; absent means the device's own choice
 * @param color absent means COLOR
 * @param crop whether to give the page alone, its perspective corrected, if one is found
 * @param deskew whether to turn it so that its lines are level
 * @param clean whether to make its background even and white
 * @param rotate by how many degrees to turn it clockwise: 0, 90, 180 or 270
 * @param quality the quality of JPEG, 1 to 100; absent means 85
 * @param largest the most bytes of a JPEG, from 10 000: its quality is lowered until it fits
 * @param codes whether to read the codes on it
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record CaptureDocument(
    @Defaulted("JPEG") Format format,
    @Defaulted("FLAT") Source source,
    Optional<@Bounds(min = 1, max = 200) Integer> pages,
    @Defaulted("PAGE") Layout layout,
    @JsonProperty("wait") @Defaulted("PT20S") @Bounds(min = 0, max = 900) Duration patience,
    Optional<@Bounds(min = 50, max = 1200) Integer> dpi,
    @Defaulted("COLOR") Color color,
    boolean crop,
    boolean deskew,
    boolean clean,
    @Defaulted("0") @Bounds(min = 0, max = 270) int rotate,
    Optional<@Bounds(min = 1, max = 100) Integer> quality,
    Optional<@Bounds(min = 10_000, max = Integer.MAX_VALUE) Integer> largest,
    boolean codes)
    implements Operation<CapturedDocument> {
  /** The operation's type. */
  public static final OperationType<CaptureDocument, CapturedDocument> TYPE =
      new OperationType<>("document.capture", CaptureDocument.class, CapturedDocument.class);

  private static final int MOST_PAGES = 200;

  /** Fills in what was left out, and checks the ranges and what does not go together. */
  public CaptureDocument {
    format = Objects.requireNonNullElse(format, Format.JPEG);
    source = Objects.requireNonNullElse(source, Source.FLAT);
    layout = Objects.requireNonNullElse(layout, Layout.PAGE);
    color = Objects.requireNonNullElse(color, Color.COLOR);
    patience = Waits.check(patience, Duration.ofSeconds(20));
    Ranges.check("pages", pages, 1, MOST_PAGES);
    Ranges.check("dpi", dpi, 50, 1200);
    Ranges.check("quality", quality, 1, 100);
    Ranges.check("largest", largest, 10_000, Integer.MAX_VALUE);
    if (rotate < 0 || rotate > 270 || rotate % 90 != 0) {
      throw new IllegalArgumentException("rotate must be 0, 90, 180 or 270");
    }
    if (!format.holdsPages() && layout == Layout.PAGE && pages.orElse(1) > 1) {
      throw new IllegalArgumentException("more than one of pages needs format PDF or OFD");
    }
    if (layout == Layout.CARD && pages.orElse(2) != 2) {
      throw new IllegalArgumentException("a CARD has 2 pages, which are its sides");
    }
  }

  /** The picture as the device gives it, in a form. */
  public static CaptureDocument plain(Format format) {
    return new CaptureDocument(
        format,
        Source.FLAT,
        Optional.empty(),
        Layout.PAGE,
        Duration.ofSeconds(20),
        Optional.empty(),
        Color.COLOR,
        false,
        false,
        false,
        0,
        Optional.empty(),
        Optional.empty(),
        false);
  }

  @Override
  public OperationType<CaptureDocument, CapturedDocument> type() {
    return TYPE;
  }

  /** The forms of a captured document. */
  public enum Format {
    /** A picture with small losses; the camera's own where nothing is to be done to it. */
    JPEG,
    /** A picture without losses. */
    PNG,
    /** Pages, each of its true size where it is known. */
    PDF,
    /** Pages in the form of GB/T 33190-2016. */
    OFD;

    /** Whether it may hold more than one page. */
    public boolean holdsPages() {
      return this == PDF || this == OFD;
    }
  }

  /** Where a document is. */
  public enum Source {
    /** On the table of a camera, or on the glass of a scanner. */
    FLAT,
    /** In the feeder of a scanner: its paper moves. */
    FEEDER
  }

  /** What a document is. */
  public enum Layout {
    /** Pages. */
    PAGE,
    /** A card: one side, then the other; both come onto one page of A4 at true size. */
    CARD
  }

  /** The colours of a captured document. */
  public enum Color {
    /** As it is. */
    COLOR,
    /** Shades of grey. */
    GRAY,
    /** Black and white alone, for text. */
    BLACK_WHITE
  }
}
