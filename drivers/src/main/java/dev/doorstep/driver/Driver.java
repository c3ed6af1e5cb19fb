package dev.doorstep.driver;

/** A driver, found by {@link java.util.ServiceLoader}. Has no state; any thread may call it. */
public interface Driver {
  /** What it is for. */
  DriverInfo info();

  /**
   * Opens a device and makes sure that it is the one expected, as far as it can tell.
   *
   * @param context its configuration and transports; the deadline there bounds the opening
   * @throws DeviceException if it is not there or does not answer
   */
  Device open(DeviceContext context) throws DeviceException;
}
