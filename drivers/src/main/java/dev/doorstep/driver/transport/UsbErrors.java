package dev.doorstep.driver.transport;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import org.usb4java.LibUsb;

/** What libusb's errors mean for a device. */
final class UsbErrors {
  private UsbErrors() {}

  /** Of a transfer: most mean that the device was pulled out. */
  static DeviceException transferring(int error, Connection connection) {
    ErrorCode code = error == LibUsb.ERROR_OVERFLOW ? ErrorCode.GARBLED : ErrorCode.DISCONNECTED;
    String reason =
        switch (error) {
          case LibUsb.ERROR_NO_DEVICE -> "the device is gone";
          case LibUsb.ERROR_OVERFLOW -> "the device sends more than it may";
          default -> "the device does not go on";
        };
    return new DeviceException(code, connection + ": " + reason + name(error));
  }

  /** Of opening a device. */
  static DeviceException opening(int error, Connection connection, UsbIdentity device) {
    ErrorCode code = error == LibUsb.ERROR_BUSY ? ErrorCode.DEVICE_IN_USE : ErrorCode.NOT_CONNECTED;
    String reason =
        switch (error) {
          case LibUsb.ERROR_BUSY -> "another program has the device open; end it";
          case LibUsb.ERROR_ACCESS ->
              ("no permission; a udev rule gives it: SUBSYSTEM==\"usb\", ATTR{idVendor}==\"%04x\","
                      + " ATTR{idProduct}==\"%04x\", MODE=\"0660\", GROUP=\"dialout\"")
                  .formatted(device.vendor(), device.product());
          case LibUsb.ERROR_NOT_SUPPORTED ->
              "no driver that programs may use; on Windows it needs WinUSB";
          default -> "cannot be opened; plug it in again";
        };
    return new DeviceException(code, connection + ": " + reason + name(error));
  }

  private static String name(int error) {
    return " (" + LibUsb.errorName(error) + ")";
  }
}
