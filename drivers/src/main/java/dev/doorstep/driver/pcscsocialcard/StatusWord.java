package dev.doorstep.driver.pcscsocialcard;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;

/** What the last two bytes of an answer say (ISO/IEC 7816-4). */
enum StatusWord {
  DONE,
  /** There is no such file or record, or it is not found in this way. */
  NONE,
  /** The card wants a PIN or a security module first, or its application is blocked. */
  LOCKED,
  FAILED;

  /** The record ends before as many bytes as were asked for. */
  static final int SHORTER = 0x6282;

  private static final int WRONG_LENGTH = 0x6700;

  /** Whether a record has, or may have, another length than that which was asked for. */
  static boolean isOtherLength(int word) {
    return word == SHORTER || word == WRONG_LENGTH;
  }

  /** Of a number such as 9000. */
  static StatusWord of(int word) {
    return switch (word) {
      case 0x9000 -> DONE;
      case 0x6982, 0x6983, 0x6985, 0x6283, 0x9303 -> LOCKED;
      case WRONG_LENGTH,
          0x6981,
          0x6A80,
          0x6A81,
          0x6A82,
          0x6A83,
          0x6A86,
          0x6A88,
          0x6B00,
          0x6D00,
          0x6E00 ->
          NONE;
      default -> FAILED;
    };
  }

  /** The error that a word is which is not {@link #DONE}. */
  static DeviceException error(String what, int word) {
    ErrorCode code =
        switch (of(word)) {
          case LOCKED -> ErrorCode.CARD_LOCKED;
          case NONE -> ErrorCode.UNSUPPORTED;
          default -> ErrorCode.CARD_READ_FAILED;
        };
    return new DeviceException(code, "%s: SW %04X".formatted(what, word));
  }
}
