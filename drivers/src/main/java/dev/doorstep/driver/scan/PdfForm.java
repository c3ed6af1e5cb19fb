package dev.doorstep.driver.scan;

import dev.doorstep.driver.picture.ExifOrientation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * PDF 1.4 (ISO 32000-1) of one picture a page, written from its begin to its end: pictures go
 * through, and only where each object lies is kept. A JPEG is embedded as it is; rows of bits are
 * deflated, other rows become a JPEG.
 *
 * <pre>
 *   %PDF-1.4
 *   3 0 obj  picture, its length in 4     for each page: four objects
 *   4 0 obj  that length
 *   5 0 obj  contents: draw the picture over the whole page
 *   6 0 obj  page
 *   1 0 obj  catalog      2 0 obj  pages
 *   xref … trailer … startxref
 * </pre>
 */
final class PdfForm implements Form {
  private static final int CATALOG = 1;
  private static final int PAGES = 2;
  private static final double POINTS_PER_INCH = 72;
  private static final double WIDTH_OF_A4 = 595.28;

  private final DocumentStream out;
  private final int quality;
  private final List<Long> offsets = new ArrayList<>(List.of(0L, 0L, 0L));
  private final List<Integer> pages = new ArrayList<>();

  /** Writes where the document begins. */
  PdfForm(DocumentStream out, int quality) throws IOException {
    this.out = out;
    this.quality = quality;
    text("%%PDF-1.4\n%%\u00e2\u00e3\u00cf\u00d3\n");
  }

  @Override
  public void rows(Raster raster, PagePixels pixels) throws IOException {
    if (raster.pixel() == Raster.Pixel.BIT) {
      page(raster, ExifOrientation.STORED, 1, "FlateDecode", () -> bits(raster, pixels));
    } else {
      page(
          raster,
          ExifOrientation.STORED,
          8,
          "DCTDecode",
          () -> JpegEncoder.encode(raster, pixels, quality, out));
    }
  }

  /** Who shows a PDF does not ask a JPEG how it is to be shown, so the page is drawn that way. */
  @Override
  public Raster jpeg(Raster raster, InputStream jpeg) throws IOException {
    JpegHead head = JpegHead.read(jpeg);
    return page(
        raster,
        head.shown(),
        8,
        "DCTDecode",
        () -> {
          head.bytes().transferTo(out);
          jpeg.transferTo(out);
        });
  }

  @Override
  public void end() throws IOException {
    begin(CATALOG);
    text("<< /Type /Catalog /Pages %d 0 R >>\nendobj\n", PAGES);
    begin(PAGES);
    text("<< /Type /Pages /Count %d /Kids [", pages.size());
    for (int page : pages) {
      text(" %d 0 R", page);
    }
    text(" ] >>\nendobj\n");
    long at = out.position();
    text("xref\n0 %d\n0000000000 65535 f \n", offsets.size());
    for (long offset : offsets.subList(1, offsets.size())) {
      text("%010d 00000 n \n", offset);
    }
    text("trailer\n<< /Size %d /Root %d 0 R >>\n", offsets.size(), CATALOG);
    text("startxref\n%d\n%%%%EOF\n", at);
  }

  private interface Body {
    void write() throws IOException;
  }

  /** How the page looks. */
  private Raster page(Raster raster, ExifOrientation shown, int bits, String filter, Body body)
      throws IOException {
    int picture = next();
    int length = next();
    begin(picture);
    text(
        "<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /%s"
            + " /BitsPerComponent %d /Filter /%s /Length %d 0 R >>\nstream\n",
        raster.width(),
        raster.height().orElseThrow(),
        raster.pixel() == Raster.Pixel.RGB ? "DeviceRGB" : "DeviceGray",
        bits,
        filter,
        length);
    long at = out.position();
    body.write();
    long size = out.position() - at;
    text("\nendstream\nendobj\n");
    begin(length);
    text("%d\nendobj\n", size);

    Raster seen = shown.lies() ? raster.lying() : raster;
    double pointsPerPixel =
        seen.dpi().isPresent()
            ? POINTS_PER_INCH / seen.dpi().getAsInt()
            : WIDTH_OF_A4 / seen.width();
    double across = seen.width() * pointsPerPixel;
    double down = seen.height().orElseThrow() * pointsPerPixel;
    String drawing = "q %s cm /P Do Q".formatted(matrix(shown, across, down));
    int contents = next();
    begin(contents);
    text("<< /Length %d >>\nstream\n%s\nendstream\nendobj\n", drawing.length(), drawing);
    int page = next();
    pages.add(page);
    begin(page);
    text(
        "<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %s %s] /Contents %d 0 R"
            + " /Resources << /XObject << /P %d 0 R >> >> >>\nendobj\n",
        PAGES, points(across), points(down), contents, picture);
    return seen;
  }

  /**
   * What brings the picture, which is a square of one by one, onto the page (ISO 32000-1, 8.3.4).
   */
  private static String matrix(ExifOrientation shown, double across, double down) {
    double[] placed = new double[6];
    shown.inUnitSquare().getMatrix(placed);
    return IntStream.range(0, placed.length)
        .mapToObj(i -> points(placed[i] * (i % 2 == 0 ? across : down)))
        .collect(Collectors.joining(" "));
  }

  private void bits(Raster raster, PagePixels pixels) throws IOException {
    Deflater deflater = new Deflater();
    try {
      DeflaterOutputStream packed = new DeflaterOutputStream(out, deflater);
      byte[] row = new byte[raster.rowBytes()];
      for (int y = raster.height().orElseThrow(); y > 0; y--) {
        pixels.next(row);
        packed.write(row, 0, row.length);
      }
      packed.finish();
    } finally {
      deflater.end();
    }
  }

  private static String points(double points) {
    return String.format(Locale.ROOT, "%.3f", points);
  }

  private int next() {
    offsets.add(0L);
    return offsets.size() - 1;
  }

  private void begin(int number) throws IOException {
    offsets.set(number, out.position());
    text("%d 0 obj\n", number);
  }

  private void text(String format, Object... values) throws IOException {
    out.write(String.format(Locale.ROOT, format, values).getBytes(StandardCharsets.ISO_8859_1));
  }
}
