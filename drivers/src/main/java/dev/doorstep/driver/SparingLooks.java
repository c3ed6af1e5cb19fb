package dev.doorstep.driver;

import java.time.Duration;
import java.util.Optional;

/**
 * The health of a device that cannot be looked at often, because a look takes a process or keeps
 * others out: it is looked at once a minute, sooner while something is the matter with it, and told
 * in between. For the lane's thread.
 */
public final class SparingLooks {
  private static final Duration BETWEEN = Duration.ofMinutes(1);
  private static final Duration SOONER = Duration.ofSeconds(15);

  private Optional<DeviceHealth> last = Optional.empty();
  private Deadline next = Deadline.after(Duration.ZERO);

  /** A look at the device. */
  public interface Look {
    /** How it is; whatever is thrown is not kept. */
    DeviceHealth look() throws DeviceException;
  }

  /** What the last look told, or what this one tells if it is time for it. */
  public DeviceHealth look(Look look) throws DeviceException {
    if (last.isPresent() && !next.expired()) {
      return last.get();
    }
    last = Optional.empty();
    DeviceHealth health = look.look();
    last = Optional.of(health);
    next = Deadline.after(health.cause().isEmpty() ? BETWEEN : SOONER);
    return health;
  }

  /** Has the next question look again. */
  public void renew() {
    last = Optional.empty();
  }
}
