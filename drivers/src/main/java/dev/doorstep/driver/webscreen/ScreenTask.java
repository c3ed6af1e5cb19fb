package dev.doorstep.driver.webscreen;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.doorstep.driver.paper.PagePicture;
import dev.doorstep.driver.transport.ScreenView;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.operation.ConfirmOnScreen;
import dev.doorstep.protocol.operation.ShowOnScreen;
import dev.doorstep.protocol.operation.SignOnScreen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something to read, as it goes to the page.
 *
 * @param task {@code show}, {@code confirm} or {@code sign}
 * @param id random, new for each
 * @param title above it
 * @param text with its line feeds
 * @param fields what was filled in
 * @param pages the pages of a document
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record ScreenTask(
    String task,
    String id,
    Optional<String> title,
    Optional<String> text,
    Optional<List<ConfirmOnScreen.Field>> fields,
    Optional<List<PageFile>> pages) {
  /**
   * A page, to be fetched below the screen's own address at {@code /file/}.
   *
   * @param file its name there
   * @param width in pixels
   * @param height in pixels
   */
  record PageFile(String file, int width, int height) {}

  static ScreenTask of(ShowOnScreen show, ShownDocument document) {
    return of("show", show.title(), show.text(), Optional.empty(), document);
  }

  static ScreenTask of(ConfirmOnScreen confirm, ShownDocument document) {
    return of("confirm", confirm.title(), confirm.text(), confirm.fields(), document);
  }

  static ScreenTask of(SignOnScreen sign, ShownDocument document) {
    return of("sign", sign.title(), sign.text(), Optional.empty(), document);
  }

  private static ScreenTask of(
      String task,
      Optional<String> title,
      Optional<String> text,
      Optional<List<ConfirmOnScreen.Field>> fields,
      ShownDocument document) {
    String id = TaskId.next();
    List<PageFile> files = new ArrayList<>();
    for (PagePicture page : document.pages()) {
      files.add(new PageFile(name(id, files.size()), page.width(), page.height()));
    }
    return new ScreenTask(
        task, id, title, text, fields, files.isEmpty() ? Optional.empty() : Optional.of(files));
  }

  private static String name(String id, int page) {
    return id + "-" + page;
  }

  /** What the page gets, with the document's pages. */
  ScreenView view(ShownDocument document) {
    Map<String, Content.Data> files = new LinkedHashMap<>();
    for (PagePicture page : document.pages()) {
      files.put(name(id, files.size()), page.content());
    }
    return new ScreenView(Codec.text(this), files);
  }

  /** What it is and the id alone: the rest is a person's business. */
  @Override
  public String toString() {
    return "ScreenTask[" + task + " " + id + "]";
  }
}
