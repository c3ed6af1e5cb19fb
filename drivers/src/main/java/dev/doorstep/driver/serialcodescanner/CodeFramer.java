package dev.doorstep.driver.serialcodescanner;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.serialcodescanner.ScannerOptions.Ending;
import dev.doorstep.protocol.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/**
 * Cuts what comes from a scanner into codes. Holds at most {@link #MOST_CODES} that nobody took:
 * the oldest goes first.
 */
final class CodeFramer {
  /** The longest QR code holds 7089 digits, and the AIM identifier stands before it. */
  static final int LONGEST = 7089 + 3;

  /** More than a person shows while a command of half a minute runs. */
  static final int MOST_CODES = 16;

  private static final int CR = 0x0D;
  private static final int LF = 0x0A;

  private final Ending ending;
  private final Deque<byte[]> codes = new ArrayDeque<>();
  private ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private boolean endless;
  private int last;

  CodeFramer(Ending ending) {
    this.ending = ending;
  }

  /**
   * Takes the next byte.
   *
   * @throws DeviceException {@code GARBLED} at the first byte that no code is long enough for; what
   *     follows is passed over up to an end
   */
  void add(int b) throws DeviceException {
    boolean ends = ends(b);
    last = b;
    if (ends) {
      end();
    } else if (!endless && !(b == LF && begun.size() == 0 && ending != Ending.GAP)) {
      begun.write(b);
      if (begun.size() > LONGEST) {
        begun = new ByteArrayOutputStream();
        endless = true;
        throw new DeviceException(
            ErrorCode.GARBLED, "more than %d bytes without an end".formatted(LONGEST));
      }
    }
  }

  /**
   * Nothing came for the length of an idle gap.
   *
   * @throws DeviceException {@code TIMEOUT} if a code that has a suffix has stopped before it
   */
  void gap() throws DeviceException {
    int length = begun.size();
    if (length > 0 && (ending == Ending.CR || ending == Ending.CRLF)) {
      forgetBegun();
      throw new DeviceException(
          ErrorCode.TIMEOUT,
          "a code stopped after %d bytes without %s; check the option suffix"
              .formatted(length, ending));
    }
    end();
  }

  /** The next whole code, with its AIM identifier. */
  Optional<byte[]> poll() {
    return Optional.ofNullable(codes.poll());
  }

  /** Whether a code has begun, or what is too long for one goes on. */
  boolean begun() {
    return begun.size() > 0 || endless;
  }

  /** Forgets all that came. */
  void forget() {
    codes.clear();
    forgetBegun();
  }

  private void forgetBegun() {
    begun = new ByteArrayOutputStream();
    endless = false;
    last = 0;
  }

  private boolean ends(int b) {
    return switch (ending) {
      case ANY, CR -> b == CR;
      case CRLF -> b == LF && last == CR;
      case GAP -> false;
    };
  }

  private void end() {
    byte[] code = begun.toByteArray();
    int length = ending == Ending.CRLF ? code.length - 1 : code.length;
    forgetBegun();
    if (length > 0) {
      codes.add(Arrays.copyOf(code, length));
      if (codes.size() > MOST_CODES) {
        codes.remove();
      }
    }
  }
}
