package dev.doorstep.driver.paper;

import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.PrintDocument.Duplex;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/** The pages of a PDF that are printed, one at a time. */
final class PdfPages {
  /** The mark of the end stands within so many bytes of it. */
  private static final int TAIL = 1024;

  /** Stands for an empty back, behind the last page of a copy. */
  private static final int EMPTY = -1;

  private static final double MICROMETRES_PER_POINT = 25_400 / 72.0;

  private final PDDocument document;
  private final Layout layout;
  private final List<Integer> pages;
  private final PDFRenderer renderer;

  /** Pages of a document, counted from 0. */
  PdfPages(PDDocument document, Layout layout, List<Integer> pages) {
    this.document = document;
    this.layout = layout;
    this.pages = copies(pages, layout);
    this.renderer = new PDFRenderer(document);
    renderer.setSubsamplingAllowed(true);
  }

  /** Told once it is known that the document can be printed. */
  interface Begin {
    void run() throws IOException;
  }

  /**
   * Reads a PDF.
   *
   * @throws Refusal if it is none, locked, or not whole
   */
  static PDDocument load(byte[] bytes) throws IOException {
    int from = Math.max(0, bytes.length - TAIL);
    String tail = new String(bytes, from, bytes.length - from, StandardCharsets.ISO_8859_1);
    String head = new String(bytes, 0, Math.min(TAIL, bytes.length), StandardCharsets.ISO_8859_1);
    if (!head.contains("%PDF-") || !tail.contains("%%EOF")) {
      // parsers mend such files, and then print a part of what was sent
      throw new Refusal(ErrorCode.BAD_DOCUMENT, "it is no PDF, or its end is missing");
    }
    PDDocument document;
    try {
      document = Loader.loadPDF(bytes);
    } catch (InvalidPasswordException e) {
      throw new Refusal(ErrorCode.BAD_DOCUMENT, "it is locked with a password");
    }
    if (!document.getCurrentAccessPermission().canPrint()) {
      document.close();
      throw new Refusal(ErrorCode.BAD_DOCUMENT, "its author does not let it be printed");
    }
    document.setAllSecurityToBeRemoved(true);
    return document;
  }

  /** Makes sure that each page is one that there is paper for. */
  static void check(PDDocument document, List<Integer> pages) {
    for (int page : pages) {
      PDRectangle box = document.getPage(page).getCropBox();
      double longest =
          Math.max(box.getWidth(), box.getHeight())
              * document.getPage(page).getUserUnit()
              * MICROMETRES_PER_POINT;
      double shortest = Math.min(box.getWidth(), box.getHeight());
      if (!(longest <= MediaSize.LONGEST) || !(shortest > 0)) {
        throw new Refusal(
            ErrorCode.DOCUMENT_TOO_LARGE,
            "page %d has a side of %.0f mm; at most %d"
                .formatted(page + 1, longest / 1_000, MediaSize.LONGEST / 1_000));
      }
    }
  }

  /** Writes them in the form of the layout. */
  void write(Begin begin, OutputStream out) throws IOException {
    switch (layout.form()) {
      case PDF -> writePdf(begin, out);
      case PWG_RASTER -> writeRaster(begin, out);
      case JPEG -> writeJpeg(begin, out);
      case SCREEN -> writePictures(begin, out);
      case AS_IS -> throw new IllegalStateException("nothing to write");
    }
  }

  private void writePdf(Begin begin, OutputStream out) throws IOException {
    try (PDDocument selected = new PDDocument()) {
      for (int page : pages) {
        if (page == EMPTY) {
          selected.addPage(
              new PDPage(selected.getPage(selected.getNumberOfPages() - 1).getMediaBox()));
        } else {
          selected.importPage(document.getPage(page));
        }
      }
      begin.run();
      selected.save(out);
    }
  }

  private void writeRaster(Begin begin, OutputStream out) throws IOException {
    PwgRaster raster = new PwgRaster(layout, pages.size());
    for (int side = 0; side < pages.size(); side++) {
      int page = pages.get(side);
      BufferedImage image = page == EMPTY ? blank(raster.renderDpi()) : image(page, raster);
      if (side == 0) {
        begin.run(); // what cannot be rendered at all is found out before anything is printed
        out.write(PwgRaster.SYNC);
      }
      raster.write(image, side, out);
    }
  }

  private void writeJpeg(Begin begin, OutputStream out) throws IOException {
    if (pages.size() != 1) {
      throw new Refusal(
          ErrorCode.UNSUPPORTED, pages.size() + " sides, and the printer takes one picture a job");
    }
    BufferedImage image = draw(pages.get(0), Layout.FINEST);
    begin.run();
    ImageIO.write(image, "jpeg", out);
  }

  private void writePictures(Begin begin, OutputStream out) throws IOException {
    if (pages.size() > PagePicture.MOST_PAGES) {
      throw new Refusal(
          ErrorCode.DOCUMENT_TOO_LARGE,
          pages.size() + " pages; at most " + PagePicture.MOST_PAGES + " on a screen");
    }
    DataOutputStream data = new DataOutputStream(out);
    for (int i = 0; i < pages.size(); i++) {
      PDPage page = document.getPage(pages.get(i));
      double longest = Math.max(page.getCropBox().getWidth(), page.getCropBox().getHeight());
      float scale = (float) (PagePicture.LONGEST_SIDE / longest); // the renderer knows no user unit
      BufferedImage image = renderer.renderImage(pages.get(i), scale, ImageType.RGB);
      if (i == 0) {
        begin.run();
      }
      PagePicture.write(image, data);
    }
  }

  private BufferedImage image(int page, PwgRaster raster) throws IOException {
    return draw(page, raster.renderDpi());
  }

  /** The page as large as it goes on the sheet, in its middle; a wide one lies on the side. */
  private BufferedImage draw(int index, int dpi) throws IOException {
    BufferedImage sheet = blank(dpi);
    PDPage page = document.getPage(index);
    PDRectangle box = page.getCropBox();
    boolean turned = page.getRotation() % 180 != 0;
    double width = (turned ? box.getHeight() : box.getWidth()) * page.getUserUnit();
    double height = (turned ? box.getWidth() : box.getHeight()) * page.getUserUnit();
    boolean lies = width > height == sheet.getWidth() < sheet.getHeight() && width != height;
    double across = lies ? height : width;
    double along = lies ? width : height;
    double scale = Math.min(sheet.getWidth() / across, sheet.getHeight() / along);
    Graphics2D graphics = sheet.createGraphics();
    try {
      graphics.translate(
          (sheet.getWidth() - across * scale) / 2, (sheet.getHeight() - along * scale) / 2);
      if (lies) {
        graphics.translate(across * scale, 0);
        graphics.rotate(Math.PI / 2);
      }
      graphics.setBackground(Color.WHITE);
      float pixels = (float) (scale * page.getUserUnit());
      renderer.renderPageToGraphics(index, graphics, pixels, pixels);
      return sheet;
    } finally {
      graphics.dispose();
    }
  }

  private BufferedImage blank(int dpi) {
    BufferedImage sheet =
        new BufferedImage(
            MediaSize.dots(layout.media().width(), dpi),
            MediaSize.dots(layout.media().height(), dpi),
            layout.gray() ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    graphics.dispose();
    return sheet;
  }

  /** Each copy begins on a sheet of its own. */
  private static List<Integer> copies(List<Integer> pages, Layout layout) {
    List<Integer> all = new ArrayList<>();
    for (int copy = 0; copy < layout.copies(); copy++) {
      all.addAll(pages);
      boolean half = layout.duplex() != Duplex.ONE_SIDED && pages.size() % 2 != 0;
      if (half && copy + 1 < layout.copies()) {
        all.add(EMPTY);
      }
    }
    return all;
  }
}
