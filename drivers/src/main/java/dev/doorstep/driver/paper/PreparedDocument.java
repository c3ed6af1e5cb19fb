package dev.doorstep.driver.paper;

import dev.doorstep.driver.Call;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.transport.Transports;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A document that was checked and is being made into what a printer takes. Read once, by the
 * handler's thread; closed, it leaves nothing.
 */
public final class PreparedDocument implements AutoCloseable {
  /** The forms of documents that are printed. */
  static final Set<String> TYPES =
      Set.of("application/pdf", "image/png", "image/jpeg", "text/plain");

  private static final Worker.Program PREPARER =
      new Worker.Program(
          Preparer.class,
          "the document",
          "the document was not made in time; print fewer or simpler pages");

  private final Optional<Integer> pages;
  private final @Nullable Worker worker;
  private final @Nullable InputStream original;

  private PreparedDocument(
      Optional<Integer> pages, @Nullable Worker worker, @Nullable InputStream original) {
    this.pages = pages;
    this.worker = worker;
    this.original = original;
  }

  /**
   * Checks a document and begins to make another one of it.
   *
   * @param content the document; of {@code text/plain} that goes as it is nothing is checked
   * @throws DeviceException {@code BAD_DOCUMENT}, {@code DOCUMENT_TOO_LARGE}, {@code UNSUPPORTED}
   *     or {@code INVALID_PARAMETERS} with what is wrong with it, before anything of it can be read
   */
  public static PreparedDocument prepare(
      Content content, Layout layout, Transports transports, Call call) throws DeviceException {
    String type = type(content);
    if (!TYPES.contains(type)) {
      throw new DeviceException(
          ErrorCode.UNSUPPORTED,
          "a document of type " + type + "; printed are " + String.join(", ", TYPES));
    }
    boolean asIs = layout.form() == Form.AS_IS;
    if (asIs && type.equals("text/plain")) {
      return new PreparedDocument(Optional.empty(), null, open(content));
    }
    Worker worker =
        Worker.start(PREPARER, words(type, layout), transports, call.deadline(), call::cancelled);
    try {
      try (InputStream in = open(content)) {
        worker.feed(in);
      }
      int pages = worker.word();
      if (!asIs) {
        return new PreparedDocument(Optional.of(pages), worker, null);
      }
      worker.close();
      return new PreparedDocument(Optional.of(pages), null, open(content));
    } catch (IOException e) {
      worker.close();
      throw unreadable(e);
    } catch (DeviceException | RuntimeException e) {
      worker.close();
      throw e;
    }
  }

  /** How many pages of the document are printed, of one copy; empty if nobody counted them. */
  public Optional<Integer> pages() {
    return pages;
  }

  /**
   * Fills the buffer with what comes next.
   *
   * @return how much, at least 1, or -1 at the end
   * @throws DeviceException what went wrong with it in the middle
   */
  public int read(byte[] buffer) throws DeviceException {
    if (worker != null) {
      return worker.read(buffer);
    }
    try {
      return original == null ? -1 : original.read(buffer);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  @Override
  public void close() {
    if (worker != null) {
      worker.close();
    }
    try {
      if (original != null) {
        original.close();
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e); // reading alone: there is nothing to lose
    }
  }

  private static List<String> words(String type, Layout layout) {
    List<String> words = new java.util.ArrayList<>(List.of(type));
    words.addAll(layout.words());
    return words;
  }

  private static String type(Content content) {
    String type = content.contentType();
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }

  private static InputStream open(Content content) throws DeviceException {
    try {
      return Content.open(content);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static DeviceException unreadable(IOException e) {
    return new DeviceException(ErrorCode.BLOB_DAMAGED, "the document cannot be read", e);
  }
}
