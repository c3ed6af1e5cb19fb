package dev.doorstep.simulator.device;

import java.time.Duration;
import java.util.Arrays;

/**
 * Something that goes wrong between a device and the program that drives it. The factories give
 * what happens in the field; a test may write others. Faults stand at the wire: the device behind
 * them works as ever.
 */
public interface Fault {

  /**
   * A request arrives.
   *
   * @return whether the device gets to see it
   */
  default boolean admits(byte[] request, Wire line) {
    return true;
  }

  /** An answer leaves the device; the fault decides what of it reaches the line. */
  default void answer(byte[] answer, Wire line) {
    line.send(answer);
  }

  /** Other bytes come before each answer. */
  static Fault noise(int... bytes) {
    byte[] noise = Bytes.of(bytes);
    return new Fault() {
      @Override
      public void answer(byte[] answer, Wire line) {
        line.send(Bytes.join(noise, answer));
      }
    };
  }

  /** From the first request on nothing but noise comes, without end, until the fault is cleared. */
  static Fault endlessNoise() {
    return new EndlessNoise();
  }

  /** Only the first bytes of an answer come; the line stays open. */
  static Fault cut(int at) {
    return new Fault() {
      @Override
      public void answer(byte[] answer, Wire line) {
        line.send(Arrays.copyOf(answer, Math.min(at, answer.length)));
      }
    };
  }

  /** Only the first bytes of an answer come, then the device hangs up. */
  static Fault cutAndClose(int at) {
    return new Fault() {
      @Override
      public void answer(byte[] answer, Wire line) {
        cut(at).answer(answer, line);
        line.close();
      }
    };
  }

  /** The last byte of each answer, its checksum, has a flipped bit. */
  static Fault badChecksum() {
    return new Fault() {
      @Override
      public void answer(byte[] answer, Wire line) {
        byte[] bad = answer.clone();
        if (bad.length > 0) {
          bad[bad.length - 1] ^= 1;
        }
        line.send(bad);
      }
    };
  }

  /** A SAM answer announces this length (0–65535), whatever its real one is. */
  static Fault announcedLength(int length) {
    return overwrite(5, length >> 8, length);
  }

  /** Bytes of each answer are replaced; an answer that is too short for it stays as it is. */
  static Fault overwrite(int offset, int... bytes) {
    byte[] replacement = Bytes.of(bytes);
    return new Fault() {
      @Override
      public void answer(byte[] answer, Wire line) {
        byte[] changed = answer.clone();
        if (offset + replacement.length <= changed.length) {
          System.arraycopy(replacement, 0, changed, offset, replacement.length);
        }
        line.send(changed);
      }
    };
  }

  /** The device never answers, and does nothing. */
  static Fault silence() {
    return new Fault() {
      @Override
      public boolean admits(byte[] request, Wire line) {
        return false;
      }
    };
  }

  /** The device hangs up as soon as it is asked. */
  static Fault closeOnRequest() {
    return new Fault() {
      @Override
      public boolean admits(byte[] request, Wire line) {
        line.close();
        return false;
      }
    };
  }

  /** Each answer comes this much later. */
  static Fault delay(Duration time) {
    return new Fault() {
      @Override
      public void answer(byte[] answer, Wire line) {
        if (Threads.pause(time)) {
          line.send(answer);
        }
      }
    };
  }

  /**
   * Answers are written in pieces of this many bytes; how many of them one read of the program
   * finds together is up to the line.
   */
  static Fault chunks(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("a chunk has at least one byte");
    }
    return new Fault() {
      @Override
      public void answer(byte[] answer, Wire line) {
        for (int from = 0; from < answer.length && line.open(); from += size) {
          line.send(Arrays.copyOfRange(answer, from, Math.min(from + size, answer.length)));
        }
      }
    };
  }
}
