package dev.doorstep.driver.scan;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A JPEG: that of the scanner, or one made of rows. */
record JpegForm(OutputStream out, int quality) implements Form {
  @Override
  public void rows(Raster raster, PagePixels pixels) throws IOException {
    JpegEncoder.encode(raster, pixels, quality, out);
  }

  @Override
  public Raster jpeg(Raster raster, InputStream jpeg) throws IOException {
    jpeg.transferTo(out);
    return raster;
  }

  @Override
  public void end() {}
}
