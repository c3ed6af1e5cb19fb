package dev.doorstep.protocol.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.OperationType;
import dev.doorstep.protocol.constraint.Bounds;
import dev.doorstep.protocol.constraint.Defaulted;
import dev.doorstep.protocol.constraint.Matches;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code document.print}: prints a document on pages. What the printer cannot do of it is refused
 * before anything is printed, with {@code UNSUPPORTED}.
 *
 * @param content {@code application/pdf}, {@code image/png}, {@code image/jpeg} or {@code
 *     text/plain} in UTF-8
 * @param copies how often, 1 to 99; absent means once
 * @param duplex on which sides of the sheets; absent means ONE_SIDED
 * @param media the paper, by its name of PWG 5101.1 such as {@code iso_a4_210x297mm}; absent means
 *     the printer's own choice
 * @param pages which pages, such as {@code 1-3,5}, in the document's order; absent means all
 * @param color absent means the printer's own choice
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record PrintDocument(
    Content content,
    Optional<@Bounds(min = 1, max = 99) Integer> copies,
    @Defaulted("ONE_SIDED") Duplex duplex,
    Optional<@Matches(PrintDocument.MEDIA) String> media,
    Optional<@Matches(PageRange.RANGES) String> pages,
    Optional<Color> color)
    implements Operation<Printed> {
  /** The operation's type. */
  public static final OperationType<PrintDocument, Printed> TYPE =
      new OperationType<>("document.print", PrintDocument.class, Printed.class);

  static final String MEDIA = "^[a-z0-9][a-z0-9_.-]{0,126}$";

  private static final Pattern MEDIA_FORM = Pattern.compile(MEDIA);
  private static final int MOST_COPIES = 99;

  /** Fills in what was left out, and checks the rest. */
  public PrintDocument {
    Objects.requireNonNull(content, "content is missing");
    Ranges.check("copies", copies, 1, MOST_COPIES);
    duplex = Objects.requireNonNullElse(duplex, Duplex.ONE_SIDED);
    if (media.isPresent() && !MEDIA_FORM.matcher(media.get()).matches()) {
      throw new IllegalArgumentException("media must be a name such as iso_a4_210x297mm");
    }
    pages.ifPresent(PageRange::parseAll);
  }

  /** A document as it is, once. */
  public static PrintDocument plain(Content content) {
    return new PrintDocument(
        content,
        Optional.empty(),
        Duplex.ONE_SIDED,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** How often to print it. */
  public int copiesOrOne() {
    return copies.orElse(1);
  }

  @Override
  public OperationType<PrintDocument, Printed> type() {
    return TYPE;
  }

  /** The pages asked for, upward and without overlaps; empty means all. */
  public List<PageRange> pageRanges() {
    return PageRange.of(pages);
  }

  /** Tells nothing of the document. */
  @Override
  public String toString() {
    return "PrintDocument[" + content.contentType() + ", " + content.size() + " bytes]";
  }

  /** On which sides of a sheet pages are printed. */
  public enum Duplex {
    /** On one. */
    ONE_SIDED,
    /** On both, to be turned at the long edge, as a book. */
    LONG_EDGE,
    /** On both, to be turned at the short edge, as a pad. */
    SHORT_EDGE
  }

  /** The colours of a print. */
  public enum Color {
    /** As the document is. */
    COLOR,
    /** Shades of grey. */
    GRAY
  }
}
