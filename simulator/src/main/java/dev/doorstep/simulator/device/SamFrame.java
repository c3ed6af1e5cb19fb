package dev.doorstep.simulator.device;

import java.util.Arrays;

/**
 * The reader's side of the SAM framing: takes requests out of a noisy stream and wraps answers.
 *
 * <pre>
 * request   | AA AA AA 96 69 | LenHi LenLo | CMD PARA    | data | CHK |   Len = 3 + data
 * response  | AA AA AA 96 69 | LenHi LenLo | SW1 SW2 SW3 | data | CHK |   Len = 4 + data
 * </pre>
 */
final class SamFrame {

  /** The longest request that any command has is far shorter; longer ones are a length error. */
  static final int MAX_REQUEST = 256;

  private static final int[] PREAMBLE = {0xAA, 0xAA, 0xAA, 0x96, 0x69};
  private static final int HEAD = PREAMBLE.length + 2;
  private static final int MIN_REQUEST = 3;

  private byte[] pending = {};

  /** What the stream holds next. */
  enum Kind {
    /** Nothing whole yet. */
    INCOMPLETE,
    /** A request with a right checksum. */
    REQUEST,
    /** A request whose bytes do not add up. */
    BAD_CHECKSUM,
    /** A head that announces what no request has. */
    BAD_LENGTH
  }

  /**
   * One thing found in the stream.
   *
   * @param command CMD and PARA as one number, 0 unless this is a request
   */
  record Found(Kind kind, int command) {}

  /** Adds what came over the line. */
  void add(byte[] bytes) {
    int old = pending.length;
    pending = Arrays.copyOf(pending, old + bytes.length);
    System.arraycopy(bytes, 0, pending, old, bytes.length);
  }

  /** Forgets a request that never became whole. */
  void forget() {
    pending = new byte[0];
  }

  /** Takes the next request off the stream, past any noise before it. */
  Found next() {
    skipNoise();
    if (pending.length < HEAD) {
      return new Found(Kind.INCOMPLETE, 0);
    }
    int length = ((pending[5] & 0xFF) << 8) | (pending[6] & 0xFF);
    if (length < MIN_REQUEST || length > MAX_REQUEST) {
      drop(PREAMBLE.length);
      return new Found(Kind.BAD_LENGTH, 0);
    }
    int end = HEAD + length;
    if (pending.length < end) {
      return new Found(Kind.INCOMPLETE, 0);
    }
    if (xor(pending, PREAMBLE.length, end) != 0) {
      drop(PREAMBLE.length);
      return new Found(Kind.BAD_CHECKSUM, 0);
    }
    int command = ((pending[7] & 0xFF) << 8) | (pending[8] & 0xFF);
    drop(end);
    return new Found(Kind.REQUEST, command);
  }

  /** Frames an answer of SW1 SW2 00 00, the given SW3 and data. */
  static byte[] answer(int sw3, byte[] data) {
    int length = 4 + data.length;
    byte[] frame = new byte[HEAD + length];
    for (int i = 0; i < PREAMBLE.length; i++) {
      frame[i] = (byte) PREAMBLE[i];
    }
    frame[5] = (byte) (length >> 8);
    frame[6] = (byte) length;
    frame[9] = (byte) sw3;
    System.arraycopy(data, 0, frame, 10, data.length);
    frame[frame.length - 1] = (byte) xor(frame, PREAMBLE.length, frame.length - 1);
    return frame;
  }

  private void skipNoise() {
    int start = 0;
    while (start < pending.length && !preambleAt(start)) {
      start++;
    }
    drop(start);
  }

  /** A preamble that the stream ends in the middle of counts: its rest may be on the way. */
  private boolean preambleAt(int start) {
    for (int i = 0; i < PREAMBLE.length && start + i < pending.length; i++) {
      if ((pending[start + i] & 0xFF) != PREAMBLE[i]) {
        return false;
      }
    }
    return true;
  }

  private void drop(int count) {
    pending = Arrays.copyOfRange(pending, count, pending.length);
  }

  private static int xor(byte[] bytes, int from, int to) {
    int sum = 0;
    for (int i = from; i < to; i++) {
      sum ^= bytes[i] & 0xFF;
    }
    return sum;
  }
}
