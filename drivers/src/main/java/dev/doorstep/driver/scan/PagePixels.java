package dev.doorstep.driver.scan;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.transport.CarriedException;
import dev.doorstep.protocol.ErrorCode;
import java.io.IOException;

/** The rows of a page whose height is known, each demanded once and in turn. */
final class PagePixels {
  private final Raster raster;
  private final Rows rows;
  private int taken;

  PagePixels(Raster raster, Rows rows) {
    this.raster = raster;
    this.rows = rows;
  }

  /** Fills in the next row. */
  void next(byte[] row) throws IOException {
    try {
      if (!rows.next(row)) {
        throw new DeviceException(
            ErrorCode.GARBLED,
            "the page has "
                + taken
                + " rows of the "
                + raster.height().orElse(0)
                + " that were promised");
      }
    } catch (DeviceException e) {
      throw new CarriedException(e);
    }
    taken++;
  }
}
