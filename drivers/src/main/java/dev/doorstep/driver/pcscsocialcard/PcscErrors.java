package dev.doorstep.driver.pcscsocialcard;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import javax.smartcardio.CardException;
import javax.smartcardio.CardNotPresentException;
import jnasmartcardio.Smartcardio.JnaPCSCException;

/** What the errors of PC/SC mean here. Numbers are those of pcsclite.h and winscard.h. */
final class PcscErrors {
  /** There is no card in the reader. */
  static final int NO_CARD = 0x8010000C;

  /** The card did not answer a command: it may be on its way out. */
  static final int NOT_TRANSACTED = 0x80100016;

  private static final int NOT_KNOWN = 0;

  private PcscErrors() {}

  /** The number that an error has. */
  static int number(CardException e) {
    if (e instanceof CardNotPresentException) {
      return NO_CARD;
    }
    return e instanceof JnaPCSCException pcsc ? (int) pcsc.code : NOT_KNOWN;
  }

  /** The error of a session that is under way. */
  static DeviceException of(CardException e) {
    int number = number(e);
    ErrorCode code =
        switch (number) {
          case 0x80100003, 0x80100009, 0x80100013, 0x80100017 -> ErrorCode.DISCONNECTED;
          case 0x8010001D, 0x8010001E, 0x8010002E -> ErrorCode.DISCONNECTED;
          case NO_CARD, 0x80100069 -> ErrorCode.CARD_REMOVED;
          case 0x8010000F, NOT_TRANSACTED, 0x8010002F -> ErrorCode.CARD_READ_FAILED;
          case 0x80100065, 0x80100066, 0x80100067, 0x80100068 -> ErrorCode.CARD_READ_FAILED;
          case 0x8010000B -> ErrorCode.DEVICE_IN_USE;
          case 0x80100027, 0x8010006A -> ErrorCode.ACCESS_DENIED;
          case 0x8010000A -> ErrorCode.TIMEOUT;
          default -> ErrorCode.DEVICE_FAULT;
        };
    return new DeviceException(code, "PC/SC error %08X".formatted(number), e);
  }
}
