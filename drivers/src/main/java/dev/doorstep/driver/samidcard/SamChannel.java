package dev.doorstep.driver.samidcard;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.transport.Transport;
import dev.doorstep.protocol.ErrorCode;
import java.time.Duration;
import java.util.Optional;

/** Request and response, one after the other. Answers name no command, so none may be left over. */
final class SamChannel {
  /** How much later than its command's time an answer may still come. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  /** For how long the rest of a broken answer may come. */
  private static final Duration REST = Duration.ofMillis(300);

  /** More than an answer and the noise that may come before it. */
  private static final int ROOM = 8192;

  private final Transport transport;

  /** What came of the answer that is being read, and perhaps the beginning of another. */
  private final byte[] buffer = new byte[ROOM];

  private int position;
  private int limit;

  /** Until when the answer to an earlier request may come. */
  private Optional<Deadline> owed = Optional.empty();

  SamChannel(Transport transport) {
    this.transport = transport;
  }

  /**
   * Asks the reader and waits for its answer, whatever its status. If an earlier request has no
   * answer yet, that one is waited for first.
   *
   * @param latest bounds the command's own time
   */
  SamFrame call(SamCommand command, Deadline latest) throws DeviceException {
    try {
      awaitOwed(latest);
      forget();
      transport.discardInput();
      Deadline deadline = latest.atMost(command.time());
      transport.write(SamFrame.request(command), deadline);
      owed = Optional.of(Deadline.after(command.time().plus(GRACE)));
      SamFrame answer = answer(command, deadline);
      owed = Optional.empty();
      return answer;
    } catch (DeviceException e) {
      if (e.code() == ErrorCode.GARBLED) {
        owed = Optional.of(Deadline.after(REST));
      }
      throw new DeviceException(e.code(), command.text() + ": " + e.getMessage(), e);
    }
  }

  /**
   * Goes on to wait for the answer to a command that was not there when {@link #call} ended, or of
   * which a part was.
   *
   * @param command the command of that call
   * @throws DeviceException {@code TIMEOUT} if it is not there yet, or will not come any more: see
   *     {@link #owes}
   */
  SamFrame resume(SamCommand command, Deadline latest) throws DeviceException {
    Deadline last = owed.orElse(latest);
    try {
      SamFrame answer = answer(command, latest.atMost(last.remaining()));
      owed = Optional.empty();
      return answer;
    } catch (DeviceException e) {
      if (last.expired()) {
        owed = Optional.empty();
      }
      throw new DeviceException(e.code(), command.text() + ": " + e.getMessage(), e);
    }
  }

  /** Whether the answer to the last command may still come. */
  boolean owes() {
    return owed.isPresent();
  }

  /**
   * Lets time pass with an ear on the line, so that one that closes is noticed at once.
   *
   * @throws DeviceException {@code DISCONNECTED} if the line is closed
   */
  void pause(Duration time) throws DeviceException {
    Deadline end = Deadline.after(time);
    forget();
    while (!end.expired()) {
      try {
        transport.read(buffer, 0, buffer.length, end);
      } catch (DeviceException e) {
        if (e.code() != ErrorCode.TIMEOUT) {
          throw e;
        }
        return; // the reader is quiet, as it should be
      }
    }
  }

  /** The next frame that may be the answer: others were asked for by who had the line before. */
  private SamFrame answer(SamCommand command, Deadline deadline) throws DeviceException {
    SamFrame frame = frame(deadline);
    while (!command.fits(frame)) {
      SamFrame other = frame;
      try {
        frame = frame(deadline);
      } catch (DeviceException e) {
        throw new DeviceException(
            e.code(), e.getMessage() + ", after " + other + " of another command", e);
      }
    }
    return frame;
  }

  private void awaitOwed(Deadline latest) throws DeviceException {
    while (owed.isPresent()) {
      Deadline last = owed.get();
      Deadline end = latest.atMost(last.remaining());
      try {
        frame(end);
        owed = Optional.empty();
      } catch (DeviceException e) {
        if (last.expired() && e.code() != ErrorCode.DISCONNECTED) {
          owed = Optional.empty();
        } else if (e.code() != ErrorCode.GARBLED) {
          throw e;
        }
      }
    }
  }

  /** Reads a frame; the bytes of one whose rest is not there yet are kept for the next try. */
  private SamFrame frame(Deadline deadline) throws DeviceException {
    System.arraycopy(buffer, position, buffer, 0, limit - position);
    limit -= position;
    position = 0;
    try {
      return SamFrame.read(() -> next(deadline));
    } catch (DeviceException e) {
      if (e.code() == ErrorCode.TIMEOUT) {
        position = 0;
      }
      throw e;
    }
  }

  private int next(Deadline deadline) throws DeviceException {
    if (position == limit) {
      limit += transport.read(buffer, limit, buffer.length - limit, deadline);
    }
    return buffer[position++] & 0xFF;
  }

  private void forget() {
    position = 0;
    limit = 0;
  }
}
