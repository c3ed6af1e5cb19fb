package dev.doorstep.driver.scan;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.operation.CapturedDocument;
import java.io.IOException;
import java.io.InputStream;

/** Where the pages of one document go, in turn. */
interface PageSink extends AutoCloseable {
  /**
   * Takes a page of rows.
   *
   * @param raster with its height
   */
  void rows(Raster raster, PagePixels pixels) throws IOException, DeviceException;

  /**
   * Takes a page that the scanner made a JPEG of.
   *
   * @param jpeg the whole of it, from its first byte
   */
  void jpeg(Raster raster, InputStream jpeg) throws IOException, DeviceException;

  /** The document of all pages, of which there is one at least. */
  CapturedDocument finish() throws IOException, DeviceException;

  /** Lets go of what was not finished. */
  @Override
  void close();
}
