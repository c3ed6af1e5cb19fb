package dev.doorstep.driver.picture;

import dev.doorstep.protocol.operation.CaptureDocument.Format;
import dev.doorstep.protocol.operation.CapturedDocument.FoundCode;
import dev.doorstep.protocol.operation.CapturedDocument.FoundPage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects the pages of one document, each as small as it gets, and makes the document of them. */
final class DocumentMaker {
  private static final long MOST_BYTES = 96L << 20;
  private static final int MOST_PAGES = 200;

  private final Order order;
  private final PageMaker pages;
  private final List<BufferedImage> sides = new ArrayList<>();
  private final List<EncodedPage> encoded = new ArrayList<>();
  private final Set<FoundCode> codes = new LinkedHashSet<>();
  private Optional<FoundPage> first = Optional.empty();
  private int count;
  private long size;

  DocumentMaker(Order order) {
    this.order = order;
    this.pages = new PageMaker(order);
  }

  /** A document that is done. */
  @SuppressWarnings("ArrayRecordComponent") // passed on, changed by nobody
  record Document(
      byte[] bytes,
      int width,
      int height,
      int pages,
      Optional<FoundPage> found,
      Optional<List<FoundCode>> codes) {}

  /**
   * Takes the next page, and tells what was found of it.
   *
   * @param onlyIfSeen whether a picture in which no page is found is left out
   */
  Optional<FoundPage> add(InputStream bytes, PictureSource.View view, int dpi, boolean onlyIfSeen)
      throws IOException, Refusal {
    if (count == MOST_PAGES) {
      throw Refusal.tooLarge("more than " + MOST_PAGES + " pages");
    }
    PageMaker.Made made = pages.make(bytes, view, dpi);
    if (onlyIfSeen && !made.found().map(FoundPage::found).orElse(false)) {
      return made.found();
    }
    first = count == 0 ? made.found() : first;
    count++;
    codes.addAll(made.codes());
    if (order.card()) {
      sides.add(CardSheet.side(made.picture()));
    } else {
      add(EncodedPage.of(made, order));
    }
    return made.found();
  }

  private void add(EncodedPage page) throws Refusal {
    if (!encoded.isEmpty() && !order.format().holdsPages()) {
      throw Refusal.bad("a second page, of which a JPEG or PNG has no room");
    }
    size += page.bytes().length;
    if (size > MOST_BYTES) {
      throw Refusal.tooLarge("a document of more than %d MB".formatted(MOST_BYTES >> 20));
    }
    encoded.add(page);
  }

  Document finish() throws IOException, Refusal {
    if (order.card() && !sides.isEmpty()) {
      add(EncodedPage.of(CardSheet.of(sides, order), order));
    }
    if (encoded.isEmpty()) {
      throw Refusal.bad("no page");
    }
    EncodedPage page = encoded.get(0);
    Optional<List<FoundCode>> read =
        order.codes() ? Optional.of(List.copyOf(codes)) : Optional.empty();
    return new Document(bytes(page), page.width(), page.height(), encoded.size(), first, read);
  }

  private byte[] bytes(EncodedPage page) throws IOException {
    if (!order.format().holdsPages()) {
      return page.bytes();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream((int) size + 10_000);
    if (order.format() == Format.PDF) {
      PdfWriter.write(encoded, out);
    } else {
      OfdWriter.write(encoded, out);
    }
    return out.toByteArray();
  }
}
