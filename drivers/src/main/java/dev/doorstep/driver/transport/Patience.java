package dev.doorstep.driver.transport;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * How long a device is waited for, and whether anybody still wants what it sends. A preview renews
 * it with each picture. For the thread that waits.
 */
public final class Patience {
  private static final Duration LOOK = Duration.ofMillis(50);
  private final BooleanSupplier unwanted;
  private Deadline due;

  /**
   * Waits until then.
   *
   * @param unwanted whether nobody wants it any more; asked twenty times a second
   */
  public Patience(Deadline due, BooleanSupplier unwanted) {
    this.due = due;
    this.unwanted = unwanted;
  }

  /** Of who waits until then, whatever happens. */
  public static Patience until(Deadline due) {
    return new Patience(due, () -> false);
  }

  /** Until when. */
  public Deadline due() {
    return due;
  }

  /** Waits until then instead. */
  public void renew(Deadline later) {
    due = later;
  }

  /**
   * Goes on waiting.
   *
   * @throws DeviceException {@code STOPPING} if nobody wants it any more
   */
  public void check() throws DeviceException {
    if (unwanted.getAsBoolean()) {
      throw stopped();
    }
  }

  /**
   * Waits for bytes.
   *
   * @return how many came, at least one unless the room has none
   * @throws DeviceException {@code STOPPING} if nobody wants them any more, {@code TIMEOUT}, {@code
   *     DISCONNECTED}
   */
  public int read(Transport transport, byte[] buffer, int offset, int length)
      throws DeviceException {
    while (true) {
      check();
      try {
        return transport.read(buffer, offset, length, due.atMost(LOOK));
      } catch (DeviceException e) {
        if (e.code() != ErrorCode.TIMEOUT || due.expired()) {
          throw e;
        }
        // Only the look was over: read on.
      }
    }
  }

  /**
   * Lets some time pass before the device is asked again.
   *
   * @throws DeviceException {@code STOPPING}, or {@code TIMEOUT} if there is no time left
   */
  public void pause(Duration time) throws DeviceException {
    Deadline end = due.atMost(time);
    while (!end.expired()) {
      if (unwanted.getAsBoolean() || Thread.currentThread().isInterrupted()) {
        throw stopped();
      }
      LockSupport.parkNanos(this, end.atMost(LOOK).remaining().toNanos());
    }
    if (due.expired()) {
      throw new DeviceException(ErrorCode.TIMEOUT, "the device was not ready in time");
    }
  }

  private static DeviceException stopped() {
    return new DeviceException(ErrorCode.STOPPING, "stopped while the device was waited for");
  }
}
