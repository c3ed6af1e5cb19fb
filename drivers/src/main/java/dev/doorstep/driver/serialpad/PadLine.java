package dev.doorstep.driver.serialpad;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.transport.Transport;
import dev.doorstep.protocol.ErrorCode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The line of a pad: keys come on it, and replies. */
final class PadLine {
  /** No pad pauses within a frame for so long; USB converters hold bytes back for 16 ms. */
  private static final Duration QUIET = Duration.ofMillis(50);

  private static final Duration ANSWER = Duration.ofMillis(500);

  /** As many bytes as a pad sends in four seconds; one that sends more has a key that is stuck. */
  private static final int MOST_STALE = 4096;

  /** A resident presses no more while a pad replies. */
  private static final int MOST_KEYS = 64;

  private final Transport transport;
  private final PadModel model;
  private final FrameFinder finder;
  private final Deque<Integer> keys = new ArrayDeque<>();
  private final byte[] buffer = new byte[256];
  private boolean replied;

  PadLine(Transport transport, PadModel model) {
    this.transport = transport;
    this.model = model;
    this.finder = new FrameFinder(model.incoming());
  }

  /**
   * Throws away what was pressed before now, and makes sure that the pad is there, if it can be
   * asked.
   *
   * @param deaf until when keys are those of before, whatever comes
   * @throws DeviceException {@code GARBLED} if it sends without end, or something else than its
   *     reply; {@code TIMEOUT}, {@code DISCONNECTED}
   */
  void settle(Deadline deaf, Deadline latest) throws DeviceException {
    boolean quiet = model.query().isPresent(); // its reply comes behind what was pressed before
    int stale = 0;
    while (!quiet || !deaf.expired()) {
      int count = transport.glance(buffer, latest.atMost(QUIET));
      quiet = count == 0;
      stale += count;
      if (stale > MOST_STALE) {
        throw new DeviceException(ErrorCode.GARBLED, "sends without end; is a key stuck?");
      }
      if (latest.expired()) {
        throw new DeviceException(ErrorCode.TIMEOUT, "no time to wait until no key is pressed");
      }
    }
    discard();
    demandThere(latest);
    discard();
  }

  /** Throws away what has come. */
  void discard() throws DeviceException {
    transport.discardInput();
    finder.forget();
    keys.clear();
  }

  /**
   * Makes sure that the pad is there, if it can be asked. Keys that come meanwhile are kept.
   *
   * @throws DeviceException {@code TIMEOUT} if it does not reply, {@code GARBLED} if something else
   *     came, {@code DISCONNECTED}
   */
  void demandThere(Deadline latest) throws DeviceException {
    if (model.query().isEmpty()) {
      return;
    }
    int before = finder.passedOver();
    replied = false;
    transport.write(model.query().get().question().bytes(), latest);
    Deadline deadline = latest.atMost(ANSWER);
    while (!replied) {
      if (hear(deadline) == 0 && deadline.expired()) {
        int others = finder.passedOver() - before;
        throw others > 0
            ? new DeviceException(ErrorCode.GARBLED, "%d bytes that are no reply".formatted(others))
            : new DeviceException(ErrorCode.TIMEOUT, "no reply");
      }
    }
  }

  /** Lights the lamps or puts them out, if it has any. */
  void lamps(boolean on, Deadline latest) throws DeviceException {
    if (model.lamps().isPresent()) {
      PadModel.Lamps lamps = model.lamps().get();
      transport.write((on ? lamps.on() : lamps.off()).bytes(), latest);
    }
  }

  /** The next key that was pressed; waits until one is or the deadline has passed. */
  Optional<Integer> key(Deadline deadline) throws DeviceException {
    while (keys.isEmpty() && !deadline.expired()) {
      hear(deadline);
    }
    return Optional.ofNullable(keys.poll());
  }

  /** Whether as many bytes came as a frame has, and they were none. */
  boolean garbled() {
    return finder.passedOver() >= model.frame().parts().size();
  }

  private int hear(Deadline deadline) throws DeviceException {
    int count = transport.glance(buffer, deadline);
    for (int i = 0; i < count; i++) {
      finder.add(buffer[i]).ifPresent(this::take);
    }
    return count;
  }

  private void take(FrameFinder.Found found) {
    if (found.key().isEmpty()) {
      replied = true;
    } else if (keys.size() < MOST_KEYS) {
      keys.add(found.key().getAsInt());
    }
  }
}
