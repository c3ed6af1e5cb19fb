package dev.doorstep.driver.paper;

import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.PageRange;
import java.util.List;
import java.util.stream.IntStream;

/** The pages of a document that are printed. */
final class Selection {
  /** More in one job are a mistake. */
  static final int MOST_PAGES = 500;

  private Selection() {}

  /**
   * The pages wanted, from 0; a range may end behind the last page, not begin there.
   *
   * @throws Refusal if there are no such pages, or too many
   */
  static List<Integer> of(List<PageRange> wanted, int pages) {
    if (pages == 0) {
      throw new Refusal(ErrorCode.BAD_DOCUMENT, "it has no pages");
    }
    List<PageRange> ranges = wanted.isEmpty() ? List.of(new PageRange(1, pages)) : wanted;
    int last = ranges.get(ranges.size() - 1).first();
    if (last > pages) {
      throw new Refusal(
          ErrorCode.INVALID_PARAMETERS, "page " + last + " is wanted, it has " + pages);
    }
    List<Integer> selected =
        ranges.stream()
            .flatMapToInt(r -> IntStream.rangeClosed(r.first(), Math.min(r.last(), pages)))
            .map(page -> page - 1)
            .boxed()
            .toList();
    if (selected.size() > MOST_PAGES) {
      throw new Refusal(
          ErrorCode.DOCUMENT_TOO_LARGE,
          selected.size() + " pages; at most " + MOST_PAGES + " in one job");
    }
    return selected;
  }
}
