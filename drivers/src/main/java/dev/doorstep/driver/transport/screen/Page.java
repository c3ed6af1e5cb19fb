package dev.doorstep.driver.transport.screen;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A page: its document, its files, and the text that tells it that nothing is asked. Immutable. */
public final class Page {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private final File document;
  private final Map<String, File> files;
  private final String idle;

  private Page(File document, Map<String, File> files, String idle) {
    this.document = document;
    this.files = Map.copyOf(files);
    this.idle = idle;
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
    Map<String, File> files = new HashMap<>();
    for (String name : names) {
      files.put(name, File.load(anchor, name));
    }
    return new Page(File.load(anchor, document), files, idle);
  }

  /** What a browser gets that opens a screen. */
  File document() {
    return document;
  }

  /** A file that the document refers to; empty if there is none of that name. */
  Optional<File> file(String name) {
    return Optional.ofNullable(files.get(name));
  }

  /** The text that a page gets while no driver shows another. */
  String idle() {
    return idle;
  }

  /** One file as it goes to the browser. */
  static final class File {
    private final String type;
    private final byte[] content;

    private File(String type, byte[] content) {
      this.type = type;
      this.content = content;
    }

    private static File load(Class<?> anchor, String name) {
      String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
      if (type == null) {
        throw new IllegalArgumentException("a page has html, css, js and svg, not " + name);
      }
      try (InputStream in = anchor.getResourceAsStream("page/" + name)) {
        if (in == null) {
          throw new IllegalArgumentException("the page lacks " + name);
        }
        return new File(type, in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + name, e);
      }
    }

    String type() {
      return type;
    }

    /** The content; it is passed on, not copied, and not to be changed. */
    byte[] content() {
      return content;
    }
  }
}
