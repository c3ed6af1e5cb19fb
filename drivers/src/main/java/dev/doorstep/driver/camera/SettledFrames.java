package dev.doorstep.driver.camera;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.transport.Patience;
import dev.doorstep.protocol.ErrorCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of a camera that was just switched on, from the one on that is fit to be taken. A
 * camera begins too dark or too bright and out of focus, and tells nobody when it is done. What can
 * be had for nothing is the size of its JPEGs: it grows with the detail that they hold, so it moves
 * while focus and exposure move, and holds still with them.
 */
public final class SettledFrames implements Frames {
  /** Never taken: what stands in the camera's buffers when it wakes. [U] two in those looked at. */
  private static final int STALE = 2;

  /** So many pictures in a row must be of one size. [U] focus may pause for longer than that. */
  private static final int STEADY = 4;

  /** By how much they may differ. [U] noise alone makes up to 2 % in weak light. */
  private static final double SAME_SIZE = 0.03;

  /** What is not still by then is taken as it is. [U] slow focus motors take two seconds. */
  private static final Duration LONGEST = Duration.ofMillis(2500);

  private final Frames frames;
  private @Nullable Frame first;

  private SettledFrames(Frames frames, Frame first) {
    this.frames = frames;
    this.first = first;
  }

  /**
   * Waits until they hold still, 2.5 s or half of the patience at most.
   *
   * @param patience of the frames, shortened meanwhile; with one of its own a picture that is under
   *     way is waited for
   */
  public static Frames of(Frames frames, Patience patience) throws DeviceException {
    Deadline due = patience.due();
    try {
      Frame newest = frames.next();
      patience.renew(Deadline.after(LONGEST).atMost(due.remaining().dividedBy(2)));
      Frame settled = settled(frames, newest, patience, due);
      patience.renew(due);
      return new SettledFrames(frames, settled);
    } catch (DeviceException | RuntimeException e) {
      frames.close();
      throw e;
    }
  }

  private static Frame settled(Frames frames, Frame first, Patience patience, Deadline due)
      throws DeviceException {
    Frame newest = first;
    int steady = 1;
    try {
      for (int n = 1; (n <= STALE || steady < STEADY) && !patience.due().expired(); n++) {
        Frame next = frames.next();
        double change = Math.abs((double) next.jpeg().length / newest.jpeg().length - 1);
        steady = n > STALE && change <= SAME_SIZE ? steady + 1 : 1;
        newest = next;
      }
      return newest;
    } catch (DeviceException e) {
      if (e.code() != ErrorCode.TIMEOUT || due.expired()) {
        throw e;
      }
      return newest; // of a camera that gives less than two pictures a second
    }
  }

  @Override
  public Frame next() throws DeviceException {
    Frame settled = first;
    first = null;
    return settled == null ? frames.next() : settled;
  }

  @Override
  public void close() throws DeviceException {
    frames.close();
  }
}
