package dev.doorstep.driver;

import dev.doorstep.protocol.ErrorCode;

/**
 * What a device or its line did not do. The text holds the bytes in hex where a frame is at fault,
 * and never personal data. A stall is {@code TIMEOUT}, a closed line is {@code DISCONNECTED}.
 */
public final class DeviceException extends Exception {
  private static final long serialVersionUID = 1L;
  private final ErrorCode code;
  private final boolean inDoubt;

  /** An error of the device. */
  public DeviceException(ErrorCode code, String detail) {
    super(detail);
    this.code = code;
    this.inDoubt = false;
  }

  /** An error of the device that another exception told of. */
  public DeviceException(ErrorCode code, String detail, Throwable cause) {
    super(detail, cause);
    this.code = code;
    this.inDoubt = false;
  }

  private DeviceException(DeviceException certain) {
    super(certain.getMessage(), certain);
    this.code = certain.code;
    this.inDoubt = true;
  }

  /**
   * The same error of a device that said so itself and yet may go on by itself, such as a printer
   * that prints the rest once it has paper: the command ends {@code unknown} if it was acting.
   */
  public DeviceException butInDoubt() {
    return new DeviceException(this);
  }

  /** Whether the device may still do what it was asked, in spite of the error. */
  public boolean inDoubt() {
    return inDoubt;
  }

  /** What went wrong. */
  public ErrorCode code() {
    return code;
  }
}
