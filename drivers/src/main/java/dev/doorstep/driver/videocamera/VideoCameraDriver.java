package dev.doorstep.driver.videocamera;

import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceContext;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.Driver;
import dev.doorstep.driver.DriverInfo;
import java.net.URI;
import java.util.Set;

/** The driver {@code video-camera}: cameras with a motion-JPEG stream over HTTP. */
public final class VideoCameraDriver implements Driver {
  private static final DriverInfo INFO =
      new DriverInfo("video-camera", "document-camera", Set.of("mjpeg"), Set.of());

  /** For the service loader. */
  public VideoCameraDriver() {}

  @Override
  public DriverInfo info() {
    return INFO;
  }

  @Override
  public Device open(DeviceContext context) throws DeviceException {
    VideoCamera camera =
        new VideoCamera(
            URI.create(context.settings().connection().address()), context.transports());
    camera.probe(context.deadline());
    return camera;
  }
}
