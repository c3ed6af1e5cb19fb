package dev.doorstep.driver.picture;

import dev.doorstep.driver.Call;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DocumentWriter;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.CaptureDocument.Format;
import dev.doorstep.protocol.operation.CapturedDocument;
import dev.doorstep.protocol.operation.CapturedDocument.FoundCode;
import dev.doorstep.protocol.operation.CapturedDocument.FoundPage;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One document while its pages come: each is handed over as soon as the device gives it, and worked
 * on at once. The process learns of it with the first page, and may start until then. For one
 * thread.
 */
public final class PictureJob implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PictureJob.class);
  private static final Duration GIVING_UP = Duration.ofSeconds(1);
  private static final int LONGEST_TEXT = 64 << 10;
  private static final int MOST_CODES = 10_000;

  private final Pictures pictures;
  private final Order order;
  private final Call call;
  private Optional<WorkerProcess> begun = Optional.empty();

  PictureJob(Pictures pictures, Order order, Call call) {
    this.pictures = pictures;
    this.order = order;
    this.call = call;
  }

  private WorkerProcess worker() throws DeviceException {
    if (begun.isEmpty()) {
      begun = Optional.of(pictures.worker(this::begin, call));
    }
    return begun.get();
  }

  private void begin(WorkerProcess worker) throws DeviceException {
    worker.ask(
        call.deadline(),
        call::cancelled,
        (out, answer) -> {
          out.writeByte(PictureWorker.BEGIN);
          order.write(out);
          return expect(PictureWorker.OK, answer.await());
        });
  }

  /**
   * Hands over the next page and waits until it is worked on; its stream is read as it comes, and
   * closed.
   *
   * @return what was found of the page, if it was looked for: in the picture of a camera always, in
   *     that of a scanner if it is to be cropped
   * @throws DeviceException {@code BAD_DOCUMENT} if it is no picture or a damaged one, {@code
   *     DOCUMENT_TOO_LARGE} above 64 megapixels or 64 MB, or if the document grows above 96 MB,
   *     {@code TIMEOUT}, {@code STOPPING}, {@code DISCONNECTED}, {@code DEVICE_FAULT} if the
   *     process cannot be started or came to its end; what the stream throws as the cause of an
   *     {@link IOException} goes on if it is a {@link DeviceException}
   */
  public Optional<FoundPage> page(PictureSource page) throws DeviceException {
    return page(PictureWorker.PAGE, page);
  }

  private Optional<FoundPage> page(byte how, PictureSource page) throws DeviceException {
    WorkerProcess worker = worker();
    return worker.ask(
        call.deadline(),
        call::cancelled,
        (out, answer) -> {
          out.writeByte(how);
          out.writeByte(page.view() == PictureSource.View.CAMERA ? 0 : 1);
          out.writeShort(Math.min(0xFFFF, page.dpi().orElse(0)));
          try (InputStream bytes = page.bytes()) {
            Parcel.send(bytes, out, () -> !worker.alive() || worker.stops(call::cancelled));
          }
          return found(expect(PictureWorker.OK, answer.await()));
        });
  }

  /**
   * The same for the picture of a device, of which whoever asked has sent none: one that is damaged
   * is {@code GARBLED} in place of {@code BAD_DOCUMENT}.
   */
  public Optional<FoundPage> add(PictureSource page) throws DeviceException {
    return ofDevice(PictureWorker.PAGE, page);
  }

  /**
   * The same for a picture that is to be left out if no page is found in it.
   *
   * @return whether it was added
   */
  public boolean addIfSeen(PictureSource page) throws DeviceException {
    return ofDevice(PictureWorker.PAGE_IF_SEEN, page).map(FoundPage::found).orElse(false);
  }

  private Optional<FoundPage> ofDevice(byte how, PictureSource page) throws DeviceException {
    try {
      return page(how, page);
    } catch (DeviceException e) {
      throw e.code() == ErrorCode.BAD_DOCUMENT
          ? new DeviceException(
              ErrorCode.GARBLED, "the device's picture is damaged: " + e.getMessage(), e)
          : e;
    }
  }

  /**
   * The document of all pages, for the result.
   *
   * @throws DeviceException as {@link #page}, and {@code STORAGE_FULL} if there is no room for it
   */
  public CapturedDocument finish() throws DeviceException {
    CapturedDocument document =
        worker()
            .ask(
                call.deadline(),
                call::cancelled,
                (out, answer) -> {
                  out.writeByte(PictureWorker.FINISH);
                  DataInputStream in = expect(PictureWorker.DONE, answer.await());
                  int width = in.readInt();
                  int height = in.readInt();
                  int pages = in.readInt();
                  Optional<FoundPage> found = found(in);
                  Optional<List<FoundCode>> codes = codes(in);
                  return new CapturedDocument(content(in), width, height, pages, found, codes);
                });
    begun = Optional.empty();
    return document;
  }

  /** Has the process forget the pages of a document that was not finished. */
  @Override
  public void close() {
    try {
      if (begun.isPresent() && begun.get().alive()) {
        var unused =
            begun
                .get()
                .ask(
                    Deadline.after(GIVING_UP),
                    () -> false,
                    (out, answer) -> {
                      out.writeByte(PictureWorker.GIVE_UP);
                      return expect(PictureWorker.OK, answer.await());
                    });
      }
    } catch (DeviceException e) {
      LOG.debug("the process has ended, and the pages with it: {}", e.getMessage());
    }
    begun = Optional.empty();
  }

  private Content content(DataInputStream in) throws IOException, DeviceException {
    byte[] part = new byte[Parcel.LARGEST_PART];
    try (DocumentWriter document = call.output().document(contentType(order.format()));
        InputStream bytes = Parcel.receive(in)) {
      for (int count = bytes.read(part); count >= 0; count = bytes.read(part)) {
        document.write(part, 0, count);
      }
      return document.finish();
    }
  }

  private static String contentType(Format format) {
    return switch (format) {
      case JPEG -> "image/jpeg";
      case PNG -> "image/png";
      case PDF -> "application/pdf";
      case OFD -> "application/ofd";
    };
  }

  private static DataInputStream expect(byte kind, DataInputStream in)
      throws IOException, DeviceException {
    byte came = in.readByte();
    if (came == PictureWorker.ERROR) {
      String code = text(in);
      String detail = text(in);
      throw new DeviceException(ErrorCode.valueOf(code), detail);
    }
    if (came != kind) {
      throw new IOException("an answer of another kind");
    }
    return in;
  }

  private static Optional<FoundPage> found(DataInputStream in) throws IOException {
    int kind = in.readUnsignedByte();
    if (kind < 2) {
      return kind == 0 ? Optional.empty() : Optional.of(FoundPage.NONE);
    }
    List<List<Double>> corners = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      corners.add(List.of(in.readDouble(), in.readDouble()));
    }
    return Optional.of(new FoundPage(true, corners, in.readDouble()));
  }

  private static Optional<List<FoundCode>> codes(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 0) {
      return Optional.empty();
    }
    if (count > MOST_CODES) {
      throw new IOException("too many codes");
    }
    List<FoundCode> codes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String format = text(in);
      codes.add(new FoundCode(format, text(in)));
    }
    return Optional.of(codes);
  }

  private static String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > LONGEST_TEXT) {
      throw new IOException("a text of " + length + " bytes");
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }
}
