package dev.doorstep.driver.eloamcamera;

import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceContext;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceSettings;
import dev.doorstep.driver.Driver;
import dev.doorstep.driver.DriverInfo;
import dev.doorstep.driver.camera.CameraDevice;
import dev.doorstep.driver.camera.JpegSize;
import java.util.Set;

/**
 * The driver {@code eloam-camera}: document cameras behind their vendor's WebSocket service. Its
 * option {@code size}, such as {@code 1600x1200}, is that of stills; absent means the largest.
 */
public final class EloamCameraDriver implements Driver {
  private static final DriverInfo INFO =
      new DriverInfo(
          "eloam-camera", "document-camera", Set.of("ws"), Set.of("size", CameraDevice.FIND_PAGE));

  /** For the service loader. */
  public EloamCameraDriver() {}

  @Override
  public DriverInfo info() {
    return INFO;
  }

  @Override
  public Device open(DeviceContext context) throws DeviceException {
    DeviceSettings settings = context.settings();
    EloamCamera camera =
        new EloamCamera(
            settings.connection().address(), JpegSize.option(settings), context.transports());
    return CameraDevice.open(camera, context);
  }
}
