package dev.doorstep.driver.scan;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DocumentWriter;
import dev.doorstep.driver.Output;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import java.io.IOException;
import java.io.InputStream;

/**
 * Rows of a page whose height is known only once it has ended, while every form wants it first.
 * They lie where large documents lie, which keeps them off the memory and, if on a disk, encrypted;
 * the end of the command lets go of them.
 */
record RowStore(int height, Rows rows, InputStream in) implements AutoCloseable {
  /** Takes all rows of a page. */
  static RowStore of(Raster raster, Rows rows, Output output) throws DeviceException {
    byte[] row = new byte[raster.rowBytes()];
    int height = 0;
    try (DocumentWriter kept = output.document("application/octet-stream")) {
      for (; rows.next(row); height++) {
        if (height == Raster.LONGEST) {
          throw new DeviceException(
              ErrorCode.DOCUMENT_TOO_LARGE, "a page of more than " + Raster.LONGEST + " rows");
        }
        kept.write(row, 0, row.length);
      }
      if (height == 0) {
        throw new DeviceException(ErrorCode.GARBLED, "a page without rows");
      }
      InputStream in = Content.open(kept.finish());
      return new RowStore(height, again(in), in);
    } catch (IOException e) {
      throw unread(e);
    }
  }

  private static Rows again(InputStream in) {
    return row -> {
      try {
        return in.readNBytes(row, 0, row.length) == row.length;
      } catch (IOException e) {
        throw unread(e);
      }
    };
  }

  @Override
  public void close() throws DeviceException {
    try {
      in.close();
    } catch (IOException e) {
      throw unread(e);
    }
  }

  private static DeviceException unread(IOException e) {
    return new DeviceException(
        ErrorCode.STORAGE_FULL, "rows of the page cannot be kept: " + e.getMessage(), e);
  }
}
