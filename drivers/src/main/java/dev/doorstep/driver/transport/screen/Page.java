package dev.doorstep.driver.transport.screen;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.doorstep.protocol.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A page: its document, its files, and the text that tells it that nothing is asked. Immutable. */
public final class Page {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private final Content.Data document;
  private final Map<String, Content.Data> files;
  private final String idle;
  private final Content.Data entrance;
  private final Set<String> open;

  private Page(
      Content.Data document,
      Map<String, Content.Data> files,
      String idle,
      Content.Data entrance,
      Set<String> open) {
    this.document = document;
    this.files = Map.copyOf(files);
    this.idle = idle;
    this.entrance = entrance;
    this.open = Set.copyOf(open);
  }

  /**
   * Reads a page from resources.
   *
   * @param anchor a class whose package holds them in a folder {@code page}
   * @param idle the text that a page gets while no driver shows another
   * @param document the name of the HTML file
   * @param names the names of its style sheets and modules; it refers to them by name alone
   * @throws IllegalArgumentException if one is missing or of a kind that is not served
   */
  public static Page load(Class<?> anchor, String idle, String document, String... names) {
    Map<String, Content.Data> files = new HashMap<>();
    for (String name : names) {
      files.put(name, read(anchor, name));
    }
    Content.Data closed =
        Content.of(
            "text/html; charset=utf-8", "<!doctype html><title>-</title>\n".getBytes(US_ASCII));
    return new Page(read(anchor, document), files, idle, closed, Set.of());
  }

  /**
   * The same, with what a tablet sees that is not paired yet.
   *
   * @param anchor as of {@link #load}
   * @param entrance the name of the HTML file that asks for the code, by {@code POST /pair}
   * @param names the page's files that it refers to
   */
  public Page withEntrance(Class<?> anchor, String entrance, String... names) {
    return new Page(document, files, idle, read(anchor, entrance), Set.of(names));
  }

  /** What a stranger gets, whatever they ask for. */
  Content.Data strange(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return open.contains(name) ? files.getOrDefault(name, entrance) : entrance;
  }

  /** What a browser gets that opens a screen. */
  Content.Data document() {
    return document;
  }

  /** A file that the document refers to; empty if there is none of that name. */
  Optional<Content.Data> file(String name) {
    return Optional.ofNullable(files.get(name));
  }

  /** The text that a page gets while no driver shows another. */
  String idle() {
    return idle;
  }

  private static Content.Data read(Class<?> anchor, String name) {
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (type == null) {
      throw new IllegalArgumentException("a page has html, css, js and svg, not " + name);
    }
    try (InputStream in = anchor.getResourceAsStream("page/" + name)) {
      if (in == null) {
        throw new IllegalArgumentException("the page lacks " + name);
      }
      return Content.of(type, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }
}
