package dev.doorstep.agent.device;

import dev.doorstep.driver.Deadline;
import dev.doorstep.protocol.mqtt.Backoff;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers of a lane: one that works, and those that the driver does not give back. Guarded by
 * the lane's lock.
 */
final class Crew {
  /** With so many threads that the driver holds, no other is sent after them. */
  static final int MOST_STUCK = 3;

  private static final Logger log = LoggerFactory.getLogger(Crew.class);

  private final String id;
  private final ReentrantLock lock;
  private final Supplier<Worker> workers;
  private final Backoff pauses;
  private @Nullable Worker working;
  private Deadline startDue = Deadline.after(Duration.ZERO);
  private int stuck;
  private boolean closing;

  /**
   * Nobody yet.
   *
   * @param workers makes a new one, which is not started
   */
  Crew(String id, ReentrantLock lock, Supplier<Worker> workers, Timing timing) {
    this.id = id;
    this.lock = lock;
    this.workers = workers;
    this.pauses = new Backoff(timing.firstPause(), timing.longestPause());
  }

  /** Sends a worker, if none works and not too many are stuck. */
  void send() {
    lock.lock();
    try {
      if (closing || working != null) {
        return;
      }
      if (stuck >= MOST_STUCK) {
        log.warn("{}: {} threads hang in its driver; none is added", id, stuck);
        return;
      }
      Worker next = workers.get();
      startDue = Deadline.after(stuck == 0 ? Duration.ZERO : pauses.pause());
      working = next;
      next.start();
    } finally {
      lock.unlock();
    }
  }

  /** The one that works; with the lock held. */
  Optional<Worker> working() {
    return Optional.ofNullable(working);
  }

  /** When the one that was sent last may begin; with the lock held. */
  Deadline startDue() {
    return startDue;
  }

  /** Gives up the one that works if it hangs; with the lock held. */
  Optional<Worker> loses(Cutter cutter) {
    Worker now = working;
    if (now == null || !now.hangs(cutter)) {
      return Optional.empty();
    }
    working = null;
    stuck++;
    if (now.wasEverReady()) {
      pauses.reset();
    }
    return Optional.of(now);
  }

  /** One that was given up has come back: there is room for another. */
  void hasBack() {
    lock.lock();
    try {
      stuck--;
    } finally {
      lock.unlock();
    }
    log.info("{}: a thread that was given up came back", id);
    send();
  }

  /** Sends nobody any more; with the lock held. */
  void close() {
    closing = true;
  }
}
