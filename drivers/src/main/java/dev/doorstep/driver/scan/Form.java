package dev.doorstep.driver.scan;

import java.io.IOException;
import java.io.InputStream;

/** A form that scanned pages are written in, page by page. */
interface Form {
  /**
   * Writes a page of rows.
   *
   * @param raster with its height
   */
  void rows(Raster raster, PagePixels pixels) throws IOException;

  /**
   * Writes a page that is a JPEG, as it is.
   *
   * @param jpeg the whole of it, from its first byte
   * @return how the page looks
   */
  Raster jpeg(Raster raster, InputStream jpeg) throws IOException;

  /** Writes what stands behind the last page. */
  void end() throws IOException;
}
