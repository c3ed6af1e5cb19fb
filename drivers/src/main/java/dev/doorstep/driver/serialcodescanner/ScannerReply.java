package dev.doorstep.driver.serialcodescanner;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import java.util.Arrays;

/**
 * Finds the reply to a command among the bytes of codes: 02 00 (bytes 0–1), 00 (2), length of the
 * data (3), data (4 …), CRC of 00 … data (the last two). For one reply.
 */
final class ScannerReply {
  private static final byte[] HEAD = {0x02, 0x00, 0x00};
  private static final int NO_CHECK = 0xABCD;

  private final byte[] frame = new byte[HEAD.length + 1 + 255 + 2];
  private int size;

  /** Where bytes go that belong to no reply. */
  interface Others {
    void take(int b) throws DeviceException;
  }

  /**
   * Takes the next byte.
   *
   * @return whether it completes the reply
   * @throws DeviceException {@code GARBLED} if the reply has a wrong checksum; what the others
   *     throw
   */
  boolean add(int b, Others others) throws DeviceException {
    if (size < HEAD.length && b != HEAD[size]) {
      int held = size;
      size = 0;
      for (int i = 0; i < held; i++) {
        others.take(HEAD[i]);
      }
      if (b != HEAD[0]) {
        others.take(b);
        return false;
      }
    }
    frame[size] = (byte) b;
    size++;
    int length = size <= HEAD.length ? frame.length : HEAD.length + 1 + (frame[3] & 0xFF) + 2;
    if (size < length) {
      return false;
    }
    check();
    return true;
  }

  /** Whether some of it has come. */
  boolean begun() {
    return size > 0;
  }

  /** The data of a whole reply. */
  byte[] data() {
    return Arrays.copyOfRange(frame, HEAD.length + 1, size - 2);
  }

  private void check() throws DeviceException {
    int check = (frame[size - 2] & 0xFF) << 8 | (frame[size - 1] & 0xFF);
    int computed = Crc.of(frame, HEAD.length - 1, size - 2);
    if (check != computed && check != NO_CHECK) {
      // The head alone: of a code that looks like a reply the rest is a person's.
      throw new DeviceException(
          ErrorCode.GARBLED,
          "checksum %04X where %04X was computed, of a reply that begins 02 00 00 %02X"
              .formatted(check, computed, frame[HEAD.length]));
    }
  }
}
