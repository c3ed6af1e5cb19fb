package dev.doorstep.driver.scan;

import dev.doorstep.driver.Call;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DocumentWriter;
import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.CapturedDocument;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes pages as they are while they come; none is held. */
final class WrittenPages implements PageSink {
  private static final int DEFAULT_QUALITY = 85;

  private final DocumentWriter document;
  private final DocumentStream out;
  private final Form form;
  private @Nullable Raster first;
  private int count;

  private WrittenPages(CaptureDocument wanted, DocumentWriter document) throws IOException {
    this.document = document;
    this.out = new DocumentStream(document);
    int quality = wanted.quality().orElse(DEFAULT_QUALITY);
    this.form =
        switch (wanted.format()) {
          case JPEG -> new JpegForm(out, quality);
          case PNG -> new PngForm(out);
          default -> new PdfForm(out, quality);
        };
  }

  static WrittenPages begin(CaptureDocument wanted, Call call) throws IOException, DeviceException {
    String type =
        switch (wanted.format()) {
          case JPEG -> "image/jpeg";
          case PNG -> "image/png";
          default -> "application/pdf";
        };
    DocumentWriter document = call.output().document(type);
    try {
      return new WrittenPages(wanted, document);
    } catch (IOException e) {
      document.close();
      throw e;
    }
  }

  @Override
  public void rows(Raster raster, PagePixels pixels) throws IOException {
    form.rows(raster, pixels);
    added(raster);
  }

  @Override
  public void jpeg(Raster raster, InputStream jpeg) throws IOException {
    added(form.jpeg(raster, jpeg));
  }

  private void added(Raster raster) {
    first = first == null ? raster : first;
    count++;
  }

  @Override
  public CapturedDocument finish() throws IOException, DeviceException {
    Raster page = Objects.requireNonNull(first, "no page");
    form.end();
    out.flush();
    return new CapturedDocument(
        document.finish(),
        page.width(),
        page.height().orElseThrow(),
        count,
        Optional.empty(),
        Optional.empty());
  }

  @Override
  public void close() {
    document.close();
  }
}
