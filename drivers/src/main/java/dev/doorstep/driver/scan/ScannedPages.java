package dev.doorstep.driver.scan;

import dev.doorstep.driver.Call;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.picture.Pictures;
import dev.doorstep.driver.transport.CarriedException;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.Words;
import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.CaptureDocument.Layout;
import dev.doorstep.protocol.operation.CaptureDocument.Source;
import dev.doorstep.protocol.operation.CapturedDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * The document of one capture, page by page: written while they come, or handed to the process for
 * pictures, where something is to be done to them. No page is held. For the handler's thread.
 */
public final class ScannedPages implements AutoCloseable {
  private static final int MOST_PAGES = 200;
  private static final int SIDES_OF_A_CARD = 2;
  private static final long LARGEST_JPEG = 32 << 20;

  private final CaptureDocument wanted;
  private final Call call;
  private final PageSink sink;
  private int count;

  private ScannedPages(CaptureDocument wanted, Call call, PageSink sink) {
    this.wanted = wanted;
    this.call = call;
    this.sink = sink;
  }

  /**
   * Begins the document of a call.
   *
   * @param pictures the scanner's own; used if the pages are to be worked on
   * @throws DeviceException as {@link Pictures#begin}
   */
  public static ScannedPages begin(ScanPlan plan, Call call, Pictures pictures)
      throws DeviceException {
    try {
      PageSink sink =
          plan.worked()
              ? new WorkedPages(pictures.begin(plan.wanted(), call))
              : WrittenPages.begin(plan.wanted(), call);
      return new ScannedPages(plan.wanted(), call, sink);
    } catch (IOException e) {
      throw reason(e);
    }
  }

  /**
   * Whether another page is wanted: as many as were asked for, else the sides of a card, all of a
   * feeder, up to 200, and one where the form holds no more.
   */
  public boolean wantsMore() {
    boolean all = wanted.source() == Source.FEEDER && wanted.format().holdsPages();
    int most = wanted.layout() == Layout.CARD ? SIDES_OF_A_CARD : all ? MOST_PAGES : 1;
    return count < wanted.pages().orElse(most);
  }

  /** Tells people which page comes next. */
  public void announce(Locale locale) {
    call.progress(Words.of(ScannedPages.class, locale).text("page", count + 1));
  }

  /** How many pages it has. */
  public int count() {
    return count;
  }

  /**
   * Adds a page of rows.
   *
   * @throws DeviceException what the rows throw; {@code GARBLED} if they are fewer than promised,
   *     {@code DOCUMENT_TOO_LARGE} if they do not end or are too many to be worked on, {@code
   *     STORAGE_FULL}
   */
  public void add(Raster raster, Rows rows) throws DeviceException {
    if (raster.height().isPresent()) {
      attempt(() -> sink.rows(raster, new PagePixels(raster, rows)));
    } else {
      try (RowStore store = RowStore.of(raster, rows, call.output())) {
        Raster known = raster.withHeight(store.height());
        attempt(() -> sink.rows(known, new PagePixels(known, store.rows())));
      }
    }
    count++;
  }

  /**
   * Adds a page that the scanner made a JPEG of.
   *
   * @param jpeg all of it; may throw {@link CarriedException}
   * @param dpi at which it was scanned, if known
   * @throws DeviceException {@code GARBLED} if it is no whole JPEG, {@code DOCUMENT_TOO_LARGE} if
   *     it has more than 32 MiB or too many pixels to be worked on, {@code STORAGE_FULL}
   */
  public void add(InputStream jpeg, OptionalInt dpi) throws DeviceException {
    attempt(
        () -> {
          JpegHead head = JpegHead.read(jpeg);
          Raster raster =
              new Raster(
                  head.width(),
                  OptionalInt.of(head.height()),
                  head.components() == 1 ? Raster.Pixel.GRAY : Raster.Pixel.RGB,
                  dpi);
          sink.jpeg(
              raster, new SequenceInputStream(head.bytes(), new JpegBody(jpeg, LARGEST_JPEG)));
        });
    count++;
  }

  /**
   * The document of all pages.
   *
   * @throws DeviceException {@code NO_DOCUMENT} if there are too few
   */
  public CapturedDocument finish() throws DeviceException {
    if (count == 0) {
      throw new DeviceException(ErrorCode.NO_DOCUMENT, "no page was scanned");
    }
    if (wanted.layout() == Layout.CARD && count < SIDES_OF_A_CARD) {
      throw new DeviceException(ErrorCode.NO_DOCUMENT, "one side of the card was scanned alone");
    }
    try {
      return sink.finish();
    } catch (IOException e) {
      throw reason(e);
    }
  }

  /** Lets go of what was not finished. */
  @Override
  public void close() {
    sink.close();
  }

  private interface Step {
    void run() throws IOException, DeviceException;
  }

  private static void attempt(Step step) throws DeviceException {
    try {
      step.run();
    } catch (IOException e) {
      throw reason(e);
    }
  }

  private static DeviceException reason(IOException e) {
    return e instanceof CarriedException carried
        ? carried.reason()
        : new DeviceException(
            ErrorCode.GARBLED, "the page cannot be written: " + e.getMessage(), e);
  }
}
