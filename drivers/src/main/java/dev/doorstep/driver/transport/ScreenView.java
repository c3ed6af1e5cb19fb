package dev.doorstep.driver.transport;

import dev.doorstep.protocol.Content;
import java.util.Map;

/**
 * What a screen shows: a text for its page, and the files that the page fetches with it, for as
 * long as it is shown.
 *
 * @param json the text
 * @param files by a name that nobody guesses, of letters, digits, {@code -} and {@code _}; they
 *     stay in memory
 */
public record ScreenView(String json, Map<String, Content.Data> files) {
  /** Nothing is asked: what whoever serves the screens has for that. */
  public static final ScreenView REST = of("");

  /** Copies the names. */
  public ScreenView {
    files = Map.copyOf(files);
  }

  /** A text alone. */
  public static ScreenView of(String json) {
    return new ScreenView(json, Map.of());
  }

  /** How much there is: what is shown may be personal. */
  @Override
  public String toString() {
    return "ScreenView[" + json.length() + " characters, " + files.size() + " files]";
  }
}
