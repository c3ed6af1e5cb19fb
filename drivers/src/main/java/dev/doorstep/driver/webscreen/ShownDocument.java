package dev.doorstep.driver.webscreen;

import dev.doorstep.driver.Call;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.paper.Layout;
import dev.doorstep.driver.paper.PagePicture;
import dev.doorstep.driver.paper.PreparedDocument;
import dev.doorstep.driver.transport.Transports;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.blob.Digests;
import dev.doorstep.protocol.operation.PageRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A document as it stands on the screen.
 *
 * @param pages its pages as pictures; none if there is no document
 * @param digest the SHA-256 of the document as it came
 */
record ShownDocument(List<PagePicture> pages, Optional<String> digest) {
  /** Nothing. */
  static final ShownDocument NONE = new ShownDocument(List.of(), Optional.empty());

  /** Copies the pages. */
  ShownDocument {
    pages = List.copyOf(pages);
  }

  /**
   * Makes the pages of a document.
   *
   * @throws DeviceException what is wrong with it, with the codes of {@link PreparedDocument}
   */
  static ShownDocument of(
      Optional<Content> content, Optional<String> pages, Transports transports, Call call)
      throws DeviceException {
    return content.isEmpty() ? NONE : of(content.get(), pages, transports, call);
  }

  private static ShownDocument of(
      Content content, Optional<String> ranges, Transports transports, Call call)
      throws DeviceException {
    if (content.contentType().startsWith("text/")) {
      throw new DeviceException(
          ErrorCode.UNSUPPORTED, "a document of text; send it as the member text");
    }
    try (PreparedDocument document =
        PreparedDocument.prepare(content, Layout.screen(PageRange.of(ranges)), transports, call)) {
      int left = PagePicture.MOST_BYTES;
      List<PagePicture> pages = new ArrayList<>();
      for (int count = document.pages().orElseThrow(); count > 0; count--) {
        PagePicture page = PagePicture.read(document, left);
        left -= (int) page.content().size();
        pages.add(page);
      }
      return new ShownDocument(pages, Optional.of(digest(content)));
    }
  }

  private static String digest(Content content) throws DeviceException {
    try {
      return content instanceof Content.Stored stored
          ? Digests.sha256(stored)
          : Digests.sha256(((Content.Data) content).bytes());
    } catch (IOException e) {
      throw new DeviceException(ErrorCode.BLOB_DAMAGED, "the document cannot be read", e);
    }
  }
}
