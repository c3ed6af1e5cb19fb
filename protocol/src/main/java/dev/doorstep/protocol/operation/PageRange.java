package dev.doorstep.protocol.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Some pages of a document, one after the other.
 *
 * @param first the first, from 1
 * @param last the last, not below the first
 */
public record PageRange(int first, int last) {
  static final String RANGES =
      "^[1-9][0-9]{0,4}(-[1-9][0-9]{0,4})?(,[1-9][0-9]{0,4}(-[1-9][0-9]{0,4})?){0,49}$";

  private static final Pattern FORM = Pattern.compile(RANGES);

  /** Checks the order. */
  public PageRange {
    if (first < 1 || last < first) {
      throw new IllegalArgumentException("pages must be ranges that go upward, from 1");
    }
  }

  /**
   * The pages asked for, upward and without overlaps.
   *
   * @param pages such as {@code 1-3,5}
   * @return empty means all
   */
  public static List<PageRange> of(Optional<String> pages) {
    return pages.map(PageRange::parseAll).map(PageRange::merged).orElse(List.of());
  }

  /** Reads ranges, in any order. */
  static List<PageRange> parseAll(String pages) {
    if (!FORM.matcher(pages).matches()) {
      throw new IllegalArgumentException("pages must be ranges such as 1-3,5");
    }
    return Arrays.stream(pages.split(",", -1)).map(PageRange::parse).toList();
  }

  /** Reads {@code 7} or {@code 1-3}. */
  private static PageRange parse(String text) {
    int dash = text.indexOf('-');
    return dash < 0
        ? new PageRange(Integer.parseInt(text), Integer.parseInt(text))
        : new PageRange(
            Integer.parseInt(text.substring(0, dash)), Integer.parseInt(text.substring(dash + 1)));
  }

  /** The same pages, each once, upward. */
  private static List<PageRange> merged(List<PageRange> ranges) {
    List<PageRange> merged = new ArrayList<>();
    for (PageRange next :
        ranges.stream().sorted(Comparator.comparingInt(PageRange::first)).toList()) {
      int end = merged.size() - 1;
      if (end >= 0 && next.first <= merged.get(end).last + 1) {
        PageRange before = merged.get(end);
        merged.set(end, new PageRange(before.first, Math.max(before.last, next.last)));
      } else {
        merged.add(next);
      }
    }
    return List.copyOf(merged);
  }

  @Override
  public String toString() {
    return first == last ? Integer.toString(first) : first + "-" + last;
  }
}
