package dev.doorstep.driver.videocamera;

import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceContext;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceSettings;
import dev.doorstep.driver.Driver;
import dev.doorstep.driver.DriverInfo;
import dev.doorstep.driver.camera.CameraDevice;
import dev.doorstep.driver.camera.CameraSource;
import dev.doorstep.driver.camera.JpegSize;
import dev.doorstep.protocol.ErrorCode;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * The driver {@code video-camera}: cameras of the kernel, read by ffmpeg, and cameras with a
 * motion-JPEG stream over HTTP. Its option {@code size}, such as {@code 1920x1080}, is that of
 * stills; absent means the largest. {@code ffmpeg} is that program's path, if it is not found by
 * its name. Both are for {@code v4l2:} alone.
 */
public final class VideoCameraDriver implements Driver {
  private static final Set<String> OPTIONS = Set.of("ffmpeg", "size", CameraDevice.FIND_PAGE);
  private static final DriverInfo INFO =
      new DriverInfo("video-camera", "document-camera", Set.of("mjpeg", "v4l2"), OPTIONS);

  /** For the service loader. */
  public VideoCameraDriver() {}

  @Override
  public DriverInfo info() {
    return INFO;
  }

  @Override
  public Device open(DeviceContext context) throws DeviceException {
    return CameraDevice.open(camera(context), context);
  }

  private static CameraSource camera(DeviceContext context) throws DeviceException {
    DeviceSettings settings = context.settings();
    String address = settings.connection().address();
    if (settings.connection().scheme().equals("v4l2")) {
      String program = settings.option("ffmpeg").orElse("ffmpeg");
      Optional<JpegSize> size = JpegSize.option(settings);
      return new FfmpegCamera(address, program, size, context.transports());
    }
    if (settings.option("size").isPresent() || settings.option("ffmpeg").isPresent()) {
      throw new DeviceException(
          ErrorCode.UNSUPPORTED, "the options size and ffmpeg are for v4l2: alone");
    }
    return new HttpCamera(URI.create(address), context.transports());
  }
}
