package dev.doorstep.driver.picture;

import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.CapturedDocument.FoundCode;
import dev.doorstep.protocol.operation.CapturedDocument.FoundPage;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;

/**
 * The process in which pictures are worked on. It is asked over its standard input and answers over
 * its standard output, and ends with its owner, or when nobody has asked for {@link #IDLE}.
 *
 * <pre>
 *   B order                                  K                       a document begins
 *   P view(1) dots-per-inch(2) parcel        K page                  its next page
 *   S view(1) dots-per-inch(2) parcel        K page                  the same, if a page is found
 *   G                                        K                       it is given up
 *   F                                        D document              it is done
 *   any                                      E code text             and the document is given up
 *
 *   page      0: not looked for, 1: none, 2: eight numbers (8 bytes each) and the skew
 *   document  width(4) height(4) pages(4) page, codes: -1 or count(4) {format text}, parcel
 *   text      length(4), UTF-8
 * </pre>
 */
public final class PictureWorker {
  static final Duration IDLE = Duration.ofMinutes(1);

  /** Between the pages of a document: as long as any command may take. */
  private static final Duration SCANNING = Duration.ofMinutes(15);

  static final byte BEGIN = 'B';
  static final byte PAGE = 'P';
  static final byte PAGE_IF_SEEN = 'S';
  static final byte GIVE_UP = 'G';
  static final byte FINISH = 'F';
  static final byte OK = 'K';
  static final byte DONE = 'D';
  static final byte ERROR = 'E';

  private final DataInputStream in;
  private final DataOutputStream out;
  private Optional<DocumentMaker> document = Optional.empty();

  PictureWorker(InputStream in, java.io.OutputStream out) {
    this.in = new DataInputStream(new BufferedInputStream(in, Parcel.LARGEST_PART));
    this.out = new DataOutputStream(new BufferedOutputStream(out, Parcel.LARGEST_PART));
  }

  /** Runs until the input ends; takes no arguments. */
  public static void main(String[] arguments) throws IOException {
    ImageIO.setUseCache(false);
    System.setOut(System.err); // what a library prints must not come between the answers
    IdleEnd idle = IdleEnd.start();
    PictureWorker worker =
        new PictureWorker(
            new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
    WarmUp.until(worker::asked);
    boolean more = true;
    while (more) {
      idle.waiting(worker.document.isEmpty() ? IDLE : SCANNING);
      int kind = worker.in.read();
      idle.working();
      more = kind >= 0 && worker.answer(kind);
      System.gc(); // the next page is to find room that is there, instead of growing the heap
    }
  }

  /** Whether something was asked, or its owner is gone. */
  private boolean asked() {
    try {
      return in.available() > 0;
    } catch (IOException e) {
      return true; // the next read tells
    }
  }

  /** Answers everything that comes; for tests. */
  void serve() throws IOException {
    for (int kind = in.read(); kind >= 0 && answer(kind); kind = in.read()) {
      out.flush();
    }
  }

  private boolean answer(int kind) throws IOException {
    switch (kind) {
      case BEGIN -> {
        document = Optional.of(new DocumentMaker(Order.read(in)));
        out.writeByte(OK);
      }
      case PAGE, PAGE_IF_SEEN -> page(kind == PAGE_IF_SEEN);
      case GIVE_UP -> {
        document = Optional.empty();
        out.writeByte(OK);
      }
      case FINISH -> finish();
      default -> {
        return false; // nothing is known of what follows
      }
    }
    out.flush();
    return true;
  }

  private interface Step {
    void run() throws IOException, Refusal;
  }

  private void page(boolean onlyIfSeen) throws IOException {
    PictureSource.View view =
        in.readUnsignedByte() == 0 ? PictureSource.View.CAMERA : PictureSource.View.SCANNER;
    int dpi = in.readUnsignedShort();
    attempt(
        () -> {
          Optional<FoundPage> found;
          // closed before any answer: what was not read is read over
          try (InputStream bytes = Parcel.receive(in)) {
            found = begun().add(bytes, view, dpi, onlyIfSeen);
          }
          out.writeByte(OK);
          write(found);
        });
  }

  private void finish() throws IOException {
    attempt(
        () -> {
          DocumentMaker.Document made = begun().finish();
          document = Optional.empty();
          out.writeByte(DONE);
          out.writeInt(made.width());
          out.writeInt(made.height());
          out.writeInt(made.pages());
          write(made.found());
          out.writeInt(made.codes().map(List::size).orElse(-1));
          for (FoundCode code : made.codes().orElse(List.of())) {
            write(code.format());
            write(code.text());
          }
          Parcel.send(made.bytes(), out);
        });
  }

  private DocumentMaker begun() throws Refusal {
    return document.orElseThrow(() -> Refusal.bad("no document was begun"));
  }

  /** Whatever a picture does to the libraries, the next one is to find them well. */
  private void attempt(Step step) throws IOException {
    try {
      step.run();
    } catch (EOFException e) {
      throw e; // the owner is gone
    } catch (Refusal e) {
      refuse(e.code(), String.valueOf(e.getMessage()));
    } catch (OutOfMemoryError e) {
      refuse(ErrorCode.DOCUMENT_TOO_LARGE, "there is no memory for a document of this size");
    } catch (IOException | RuntimeException | StackOverflowError e) {
      // words of libraries may hold what was in the picture
      refuse(ErrorCode.BAD_DOCUMENT, "it cannot be worked on: " + e.getClass().getSimpleName());
    }
  }

  private void refuse(ErrorCode code, String text) throws IOException {
    document = Optional.empty();
    out.writeByte(ERROR);
    write(code.name());
    write(text);
  }

  private void write(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private void write(Optional<FoundPage> page) throws IOException {
    out.writeByte(page.isEmpty() ? 0 : page.get().found() ? 2 : 1);
    if (page.isPresent() && page.get().found()) {
      for (List<Double> corner : page.get().corners()) {
        out.writeDouble(corner.get(0));
        out.writeDouble(corner.get(1));
      }
      out.writeDouble(page.get().skew());
    }
  }
}
