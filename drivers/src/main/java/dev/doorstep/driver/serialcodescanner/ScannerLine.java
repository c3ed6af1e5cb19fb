package dev.doorstep.driver.serialcodescanner;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.transport.Transport;
import dev.doorstep.protocol.ErrorCode;
import java.time.Duration;
import java.util.Optional;

/** The line of a scanner: codes come on it, and replies to commands. */
final class ScannerLine {
  /** No scanner pauses within a code for so long; USB converters hold bytes back for 16 ms. */
  static final Duration IDLE_GAP = Duration.ofMillis(150);

  private static final Duration ANSWER = Duration.ofMillis(500);

  /** How long a look at what is there may take. */
  private static final Duration GLANCE = Duration.ofMillis(5);

  /** As many bytes as scanners send in half a minute; more of them have no end. */
  private static final int MOST_STALE = 32 * 1024;

  private final Transport transport;
  private final CodeFramer framer;
  private final byte[] buffer = new byte[1024];
  private int position;
  private int limit;
  private Deadline gap = Deadline.after(Duration.ZERO);
  private Optional<ScannerReply> due = Optional.empty();

  ScannerLine(Transport transport, CodeFramer framer) {
    this.transport = transport;
    this.framer = framer;
  }

  /**
   * The next code; waits until one is whole or the deadline has passed.
   *
   * @throws DeviceException {@code TIMEOUT} if one stopped in the middle, {@code GARBLED} if it is
   *     too long, {@code DISCONNECTED}
   */
  Optional<byte[]> code(Deadline deadline) throws DeviceException {
    Optional<byte[]> code = framer.poll();
    while (code.isEmpty() && hears(deadline)) {
      code = framer.poll();
    }
    return code;
  }

  /** Whether a code has begun to come. */
  boolean begun() {
    return framer.begun();
  }

  /** The next code of those that have come, or are just coming. */
  Optional<byte[]> waiting(Deadline latest) throws DeviceException {
    Optional<byte[]> code = code(latest.atMost(GLANCE));
    while (code.isEmpty() && framer.begun() && !latest.expired()) {
      code = code(latest.atMost(IDLE_GAP));
    }
    return code;
  }

  /**
   * Throws away what has come, and the rest of a code that is just coming: its end would else be
   * taken for a code.
   *
   * @throws DeviceException {@code GARBLED} if it does not end, {@code DISCONNECTED}
   */
  void discard(Deadline latest) throws DeviceException {
    framer.forget();
    int taken = limit - position;
    position = limit;
    boolean quiet = taken == 0 && transport.glance(buffer, latest.atMost(GLANCE)) == 0;
    while (!quiet) {
      int count = transport.glance(buffer, latest.atMost(IDLE_GAP));
      taken += count;
      quiet = count == 0;
      if (taken > MOST_STALE) {
        throw new DeviceException(ErrorCode.GARBLED, "sends without end, and no code");
      }
    }
  }

  /**
   * Sends a command and waits for its reply. Codes that come before it are kept.
   *
   * @throws DeviceException {@code DEVICE_FAULT} if it was refused, {@code GARBLED} if its checksum
   *     is wrong, {@code TIMEOUT}, {@code DISCONNECTED}
   */
  void command(ScannerCommand command, Deadline latest) throws DeviceException {
    ScannerReply reply = new ScannerReply();
    due = Optional.of(reply);
    try {
      transport.write(command.bytes(), latest);
      Deadline deadline = latest.atMost(ANSWER);
      while (due.isPresent()) {
        if (!hears(deadline) && deadline.expired()) {
          throw new DeviceException(ErrorCode.TIMEOUT, "no reply");
        }
      }
    } catch (DeviceException e) {
      due = Optional.empty();
      throw new DeviceException(e.code(), command.text() + ": " + e.getMessage(), e);
    }
    if (command == ScannerCommand.TRIGGER && (reply.data().length != 1 || reply.data()[0] != 0)) {
      throw new DeviceException(ErrorCode.DEVICE_FAULT, command.text() + ": refused");
    }
  }

  /** What came before a reply was no code that its command had looked for. */
  void forget() {
    framer.forget();
  }

  /** Takes bytes until a code is whole, a reply came, or nothing more does; false then. */
  private boolean hears(Deadline deadline) throws DeviceException {
    if (position == limit && !fill(deadline)) {
      return false;
    }
    boolean replied = false;
    while (position < limit && !replied) {
      int b = buffer[position++] & 0xFF;
      if (due.isEmpty()) {
        framer.add(b);
      } else if (due.get().add(b, framer::add)) {
        due = Optional.empty();
        replied = true; // what follows it came after it
      }
    }
    return true;
  }

  /** Reads on; at an idle gap a code may be whole by that. */
  private boolean fill(Deadline deadline) throws DeviceException {
    while (!deadline.expired()) {
      boolean ending = framer.begun() && due.isEmpty();
      Deadline last = gap.expired() ? deadline.atMost(GLANCE) : deadline.atMost(gap.remaining());
      // what came while this thread had no turn counts
      int count = transport.glance(buffer, ending ? last : deadline);
      if (count > 0) {
        position = 0;
        limit = count;
        gap = Deadline.after(IDLE_GAP);
        return true;
      }
      if (ending && gap.expired()) {
        framer.gap();
        return true;
      }
    }
    return false;
  }
}
