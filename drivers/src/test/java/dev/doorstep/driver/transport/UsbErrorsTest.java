package dev.doorstep.driver.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What libusb's errors become; the numbers are those of libusb's manual. */
class UsbErrorsTest {
  private static final Connection CONNECTION = Connection.parse("usb:0400:c35a");

  @ParameterizedTest
  @CsvSource({
    "-1, DISCONNECTED, LIBUSB_ERROR_IO",
    "-4, DISCONNECTED, LIBUSB_ERROR_NO_DEVICE",
    "-8, GARBLED, LIBUSB_ERROR_OVERFLOW",
    "-9, DISCONNECTED, LIBUSB_ERROR_PIPE",
    "-99, DISCONNECTED, LIBUSB_ERROR_OTHER"
  })
  void transferring(int error, ErrorCode code, String name) {
    demand(UsbErrors.transferring(error, CONNECTION), code, name);
  }

  @ParameterizedTest
  @CsvSource({
    "-3, NOT_CONNECTED, 'ATTR{idVendor}==\"0400\", ATTR{idProduct}==\"c35a\"'",
    "-4, NOT_CONNECTED, plug it in again",
    "-6, DEVICE_IN_USE, another program",
    "-12, NOT_CONNECTED, WinUSB"
  })
  void opening(int error, ErrorCode code, String told) {
    demand(UsbErrors.opening(error, CONNECTION, CONNECTION.usb().orElseThrow()), code, told);
  }

  private static void demand(DeviceException e, ErrorCode code, String told) {
    assertThat(e.code()).isEqualTo(code);
    assertThat(e).hasMessageContaining(told).hasMessageContaining("usb:0400:c35a");
  }
}
