package dev.doorstep.driver.samidcard;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;

/** What it means that an answer has another status than that of success. */
final class SamRefusals {
  private SamRefusals() {}

  /** Whether the reader does not know the command, or may not carry it out. */
  static boolean isUnknown(int sw3) {
    return sw3 == 0x21 || sw3 == 0x23 || sw3 == 0x24;
  }

  /** The error of a reader that cannot do a part of what is asked. */
  static DeviceException unknown(SamCommand command, SamFrame answer) {
    return new DeviceException(
        ErrorCode.UNSUPPORTED,
        command.text() + ": SW3 %02X: this reader cannot; ask without".formatted(answer.sw3()));
  }

  /**
   * Demands a status.
   *
   * @throws DeviceException if the answer has another
   */
  static void expect(SamFrame answer, SamCommand command, int sw3) throws DeviceException {
    if (answer.sw3() == sw3) {
      return;
    }
    ErrorCode code =
        switch (answer.sw3()) {
          case 0x10, 0x11 -> ErrorCode.GARBLED; // the reader got our request with a wrong checksum
          case 0x21, 0x23, 0x24, 0x60, 0x66 -> ErrorCode.DEVICE_FAULT; // knows it not, or is broken
          default -> ErrorCode.CARD_READ_FAILED;
        };
    throw new DeviceException(code, command.text() + ": SW3 %02X".formatted(answer.sw3()));
  }
}
