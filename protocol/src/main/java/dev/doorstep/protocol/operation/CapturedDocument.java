package dev.doorstep.protocol.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.constraint.Bounds;
import dev.doorstep.protocol.constraint.Defaulted;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The result of {@code document.capture}.
 *
 * @param content the document
 * @param width the width of its first page in pixels
 * @param height the height of its first page in pixels
 * @param pages how many pages it has
 * @param page what was found of the page in the raw picture, the first of several; absent if nobody
 *     looked for one
 * @param codes what the codes on it say, if they were asked for
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record CapturedDocument(
    Content content,
    @Bounds(min = 1) int width,
    @Bounds(min = 1) int height,
    @Defaulted("1") @Bounds(min = 1) int pages,
    Optional<FoundPage> page,
    Optional<List<FoundCode>> codes) {
  /** Checks that there is a picture; no number of pages means one. */
  public CapturedDocument {
    Objects.requireNonNull(content, "content is missing");
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("width and height must be at least 1");
    }
    pages = pages == 0 ? 1 : pages;
    if (pages < 1) {
      throw new IllegalArgumentException("pages must be at least 1");
    }
    codes = codes.map(List::copyOf);
  }

  /** A picture of which nothing else is known. */
  public static CapturedDocument picture(Content content, int width, int height) {
    return new CapturedDocument(content, width, height, 1, Optional.empty(), Optional.empty());
  }

  /**
   * A page in the raw picture of a camera.
   *
   * @param found whether there is one; if not, the whole picture was given
   * @param corners its four corners as [x, y] in pixels of the raw picture, clockwise from the top
   *     left of the upright page; empty if none was found. A corner may lie outside of the picture
   * @param skew by how many degrees its upper edge is turned clockwise against the level
   */
  public record FoundPage(boolean found, @Bounds(max = 4) List<List<Double>> corners, double skew) {
    /** Nothing was found. */
    public static final FoundPage NONE = new FoundPage(false, List.of(), 0);

    /** Checks that there are four corners or none. */
    public FoundPage {
      corners = corners.stream().map(List::copyOf).toList();
      if (corners.size() != (found ? 4 : 0) || corners.stream().anyMatch(at -> at.size() != 2)) {
        throw new IllegalArgumentException("a page that was found has four corners [x, y]");
      }
    }
  }

  /**
   * A code on a document. What it says may stand for a person.
   *
   * @param format such as {@code QR_CODE}, {@code CODE_128}
   * @param text what it says
   */
  public record FoundCode(String format, String text) {
    /** The format alone. */
    @Override
    public String toString() {
      return "FoundCode[" + format + "]";
    }
  }
}
