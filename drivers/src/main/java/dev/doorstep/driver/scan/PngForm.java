package dev.doorstep.driver.scan;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * PNG (ISO/IEC 15948), written row by row: ImageIO wants the whole picture. Each row of bytes is
 * written as its difference to the one above it (filter type 2), a row of bits as it is.
 *
 * <pre>
 *   | 89 P N G 0D 0A 1A 0A | IHDR | pHYs | IDAT … | IEND |      chunk: | length | type | data | CRC-32 |
 * </pre>
 */
final class PngForm implements Form {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A};
  private static final int CHUNK = 32 * 1024;
  private static final double METRE_IN_INCHES = 1 / 0.0254;

  private final OutputStream out;

  PngForm(OutputStream out) {
    this.out = out;
  }

  @Override
  public void rows(Raster raster, PagePixels pixels) throws IOException {
    out.write(SIGNATURE);
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    DataOutputStream fields = new DataOutputStream(head);
    fields.writeInt(raster.width());
    fields.writeInt(raster.height().orElseThrow());
    fields.writeByte(raster.pixel() == Raster.Pixel.BIT ? 1 : 8);
    fields.writeByte(raster.pixel() == Raster.Pixel.RGB ? 2 : 0);
    fields.write(new byte[3]); // the one compression and filter method; not interlaced
    chunk("IHDR", head.toByteArray(), head.size());
    if (raster.dpi().isPresent()) {
      head.reset();
      int dotsPerMetre = (int) Math.round(raster.dpi().getAsInt() * METRE_IN_INCHES);
      fields.writeInt(dotsPerMetre);
      fields.writeInt(dotsPerMetre);
      fields.writeByte(1);
      chunk("pHYs", head.toByteArray(), head.size());
    }
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try (DeflaterOutputStream packed = new DeflaterOutputStream(new Data(), deflater, CHUNK)) {
      pack(raster, pixels, packed);
    } finally {
      deflater.end();
    }
    chunk("IEND", new byte[0], 0);
  }

  private static void pack(Raster raster, PagePixels pixels, OutputStream packed)
      throws IOException {
    boolean bits = raster.pixel() == Raster.Pixel.BIT;
    byte[] row = new byte[raster.rowBytes()];
    byte[] above = new byte[row.length];
    byte[] filtered = new byte[1 + row.length];
    filtered[0] = (byte) (bits ? 0 : 2);
    for (int y = raster.height().orElseThrow(); y > 0; y--) {
      pixels.next(row);
      for (int i = 0; i < row.length; i++) {
        filtered[1 + i] = (byte) (bits ? row[i] : row[i] - above[i]);
      }
      packed.write(filtered, 0, filtered.length);
      byte[] free = above;
      above = row;
      row = free;
    }
  }

  @Override
  public Raster jpeg(Raster raster, InputStream jpeg) {
    throw new IllegalStateException("a JPEG is no PNG");
  }

  @Override
  public void end() {}

  private void chunk(String type, byte[] data, int length) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data, 0, length);
    DataOutputStream words = new DataOutputStream(out);
    words.writeInt(length);
    words.write(name);
    words.write(data, 0, length);
    words.writeInt((int) crc.getValue());
  }

  /** What is written to it goes into chunks. */
  private final class Data extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      byte[] part = offset == 0 ? bytes : Arrays.copyOfRange(bytes, offset, offset + length);
      chunk("IDAT", part, length);
    }
  }
}
