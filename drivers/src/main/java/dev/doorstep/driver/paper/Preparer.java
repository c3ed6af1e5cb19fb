package dev.doorstep.driver.paper;

import dev.doorstep.protocol.ErrorCode;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;

/** The program of the process that looks into a document; see the package for what it says. */
final class Preparer {
  private Preparer() {}

  /**
   * Reads a document, and writes what becomes of it.
   *
   * @param arguments the time in milliseconds, the document's type, and the words of a layout
   */
  public static void main(String[] arguments) throws IOException {
    WorkerLine.run(
        arguments,
        (words, out) -> {
          byte[] document = System.in.readNBytes(WorkerLine.LARGEST + 1);
          if (document.length > WorkerLine.LARGEST) {
            throw new Refusal(ErrorCode.DOCUMENT_TOO_LARGE, "more than 64 MB");
          }
          prepare(words.get(0), document, Layout.of(words.subList(1, words.size())), out);
          out.writeInt(0);
        });
  }

  private static void prepare(String type, byte[] bytes, Layout layout, DataOutputStream out)
      throws IOException {
    boolean asIs = layout.form() == Form.AS_IS;
    if (asIs && !type.equals("application/pdf")) {
      Picture.check(bytes, type);
      Selection.of(layout.pages(), 1);
      out.writeInt(1);
      return;
    }
    try (PDDocument document = document(type, bytes, layout)) {
      List<Integer> pages = Selection.of(layout.pages(), document.getNumberOfPages());
      PdfPages.check(document, pages);
      if (asIs) {
        out.writeInt(pages.size());
        return;
      }
      OutputStream parts = new BufferedOutputStream(new Parts(out), WorkerLine.LARGEST_PART);
      PdfPages printable = new PdfPages(document, layout, pages);
      printable.write(() -> out.writeInt(pages.size()), parts);
      parts.flush();
    }
  }

  private static PDDocument document(String type, byte[] bytes, Layout layout) throws IOException {
    return switch (type) {
      case "application/pdf" -> PdfPages.load(bytes);
      case "text/plain" -> TextPages.document(bytes, layout.media());
      default ->
          layout.form() == Form.SCREEN
              ? Picture.alone(bytes, type)
              : Picture.document(bytes, type, layout.media());
    };
  }

  /** What is written to it comes out in parts that say how long they are. */
  private static final class Parts extends OutputStream {
    private final DataOutputStream out;

    Parts(DataOutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      for (int done = 0; done < length; done += WorkerLine.LARGEST_PART) {
        int part = Math.min(WorkerLine.LARGEST_PART, length - done);
        out.writeInt(part);
        out.write(bytes, offset + done, part);
      }
      out.flush();
    }
  }
}
