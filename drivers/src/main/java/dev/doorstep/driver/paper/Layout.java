package dev.doorstep.driver.paper;

import dev.doorstep.protocol.operation.PageRange;
import dev.doorstep.protocol.operation.PrintDocument.Duplex;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What becomes of a document before it goes to a printer.
 *
 * @param form the form that the printer takes
 * @param pages the pages wanted; empty means all. Of a document that goes as it is they are only
 *     checked
 * @param copies how often the pages stand in the new document, one copy after the other
 * @param duplex on which sides they are printed
 * @param media the sheet
 * @param dpi the dots per inch of a raster
 * @param gray whether a raster has no colours
 * @param back how the backs of a raster are turned
 */
public record Layout(
    Form form,
    List<PageRange> pages,
    int copies,
    Duplex duplex,
    MediaSize media,
    int dpi,
    boolean gray,
    SheetBack back) {
  /** Finer than this nothing is rendered: a page of A4 in colour has 26 MB then. */
  public static final int FINEST = 300;

  private static final int MEMBERS = 9;

  /** Copies the pages. */
  public Layout {
    pages = List.copyOf(pages);
  }

  /** A document that goes as it is. */
  public static Layout asIs(List<PageRange> pages) {
    return plain(Form.AS_IS, pages);
  }

  /** A document whose pages are shown on a screen. */
  public static Layout screen(List<PageRange> pages) {
    return plain(Form.SCREEN, pages);
  }

  private static Layout plain(Form form, List<PageRange> pages) {
    return new Layout(
        form,
        pages,
        1,
        Duplex.ONE_SIDED,
        new MediaSize(210_000, 297_000),
        FINEST,
        false,
        SheetBack.NORMAL);
  }

  /** The layout as words, for {@link #of}. */
  List<String> words() {
    return List.of(
        form.name(),
        pages.isEmpty()
            ? "-"
            : pages.stream().map(PageRange::toString).collect(Collectors.joining(",")),
        Integer.toString(copies),
        duplex.name(),
        Integer.toString(media.width()),
        Integer.toString(media.height()),
        Integer.toString(dpi),
        Boolean.toString(gray),
        back.name());
  }

  /** Reads what {@link #words} says. */
  static Layout of(List<String> words) {
    if (words.size() != MEMBERS) {
      throw new IllegalArgumentException("a layout has " + MEMBERS + " words");
    }
    return new Layout(
        Form.valueOf(words.get(0)),
        "-".equals(words.get(1))
            ? List.of()
            : Stream.of(words.get(1).split(",", -1)).map(Layout::range).toList(),
        Integer.parseInt(words.get(2)),
        Duplex.valueOf(words.get(3)),
        new MediaSize(Integer.parseInt(words.get(4)), Integer.parseInt(words.get(5))),
        Integer.parseInt(words.get(6)),
        Boolean.parseBoolean(words.get(7)),
        SheetBack.valueOf(words.get(8)));
  }

  private static PageRange range(String text) {
    String[] ends = text.split("-", -1);
    return new PageRange(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]));
  }
}
