package dev.doorstep.driver.transport;

import dev.doorstep.driver.DeviceException;
import java.io.IOException;

/**
 * Carries what a wire or a device said through streams, parsers and encoders, which know I/O errors
 * alone.
 */
public final class CarriedException extends IOException {
  private static final long serialVersionUID = 1L;
  private final DeviceException reason;

  /** Carries this. */
  public CarriedException(DeviceException reason) {
    super(reason);
    this.reason = reason;
  }

  /** What was said. */
  public DeviceException reason() {
    return reason;
  }
}
