package dev.doorstep.driver.scan;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.picture.PictureJob;
import dev.doorstep.driver.picture.PictureSource;
import dev.doorstep.protocol.operation.CapturedDocument;
import java.io.InputStream;

/** Has each page worked on as it comes, by the process for pictures. */
final class WorkedPages implements PageSink {
  private final PictureJob job;

  WorkedPages(PictureJob job) {
    this.job = job;
  }

  @Override
  public void rows(Raster raster, PagePixels pixels) throws DeviceException {
    add(raster, new PnmStream(raster, pixels));
  }

  @Override
  public void jpeg(Raster raster, InputStream jpeg) throws DeviceException {
    add(raster, jpeg);
  }

  private void add(Raster raster, InputStream bytes) throws DeviceException {
    var unused = job.add(new PictureSource(bytes, raster.dpi(), PictureSource.View.SCANNER));
  }

  @Override
  public CapturedDocument finish() throws DeviceException {
    return job.finish();
  }

  @Override
  public void close() {
    job.close();
  }
}
