package dev.doorstep.driver.camera;

import dev.doorstep.driver.Call;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.transport.Patience;
import dev.doorstep.protocol.ErrorCode;
import java.time.Duration;
import java.util.Optional;

/**
 * Takes the pages of a document as a person lays one after the other: a page is new once something
 * has moved, be it only the hand, and nothing moves any more. Two pages of text look the same from
 * afar, so that they differ is not asked.
 */
final class PageTurns {
  /** [U] By how many grey levels a part has to change; exposure alone moves it by less. */
  private static final int CHANGED_LEVELS = 20;

  /** [U] Which share of the picture has to change: a hand is more, a shadow at the rim less. */
  private static final double CHANGED_SHARE = 0.05;

  /** [U] What is noise between two pictures of what lies still. */
  private static final int STILL_LEVELS = 8;

  private static final double STILL_SHARE = 0.01;

  /** For how long nothing may move. */
  private static final Duration STILL = Duration.ofMillis(700);

  private final Frames frames;
  private final Patience patience;
  private final Call call;
  private Optional<Look> taken = Optional.empty();

  PageTurns(Frames frames, Patience patience, Call call) {
    this.frames = frames;
    this.patience = patience;
    this.call = call;
  }

  /** What lies there now. */
  Frame first() throws DeviceException {
    Frame frame = frames.next();
    taken = Look.of(frame);
    return frame;
  }

  /** Looks closely at what lies there. */
  interface Taking {
    /** Takes the page, or tells that there is none: the table is bare, or a hand lies on it. */
    boolean take(Frame frame) throws DeviceException;
  }

  /**
   * Waits for the page that is laid there next, and has it taken.
   *
   * @param wait for how long it is waited for
   * @throws DeviceException {@code NO_DOCUMENT} if none is laid there in time; what the taking
   *     throws
   */
  void next(Duration wait, Taking taking) throws DeviceException {
    Deadline end = call.deadline().atMost(wait);
    patience.renew(end);
    try {
      boolean took = false;
      while (!took) {
        took = taking.take(laid(end)); // if not, the next one has to differ from what lies there
      }
    } catch (DeviceException e) {
      if (e.code() == ErrorCode.TIMEOUT && end.expired() && !call.deadline().expired()) {
        throw noDocument();
      }
      throw e;
    } finally {
      patience.renew(call.deadline());
    }
  }

  private Frame laid(Deadline end) throws DeviceException {
    boolean moved = false;
    Optional<Look> last = taken;
    Deadline still = Deadline.after(STILL);
    while (!end.expired()) {
      Frame frame = frames.next();
      patience.check();
      Optional<Look> look = Look.of(frame);
      if (differ(look, taken, CHANGED_LEVELS, CHANGED_SHARE)) {
        moved = true;
      }
      if (look.isEmpty() || differ(look, last, STILL_LEVELS, STILL_SHARE)) {
        still = Deadline.after(STILL);
      } else if (moved && still.expired()) {
        taken = look;
        return frame;
      }
      last = look;
    }
    throw noDocument();
  }

  private static boolean differ(
      Optional<Look> one, Optional<Look> other, int levels, double share) {
    return one.isPresent() && other.isPresent() && one.get().differs(other.get(), levels) > share;
  }

  private static DeviceException noDocument() {
    return new DeviceException(ErrorCode.NO_DOCUMENT, "no other page was laid there in time");
  }
}
