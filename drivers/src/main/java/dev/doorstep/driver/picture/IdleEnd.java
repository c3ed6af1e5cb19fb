package dev.doorstep.driver.picture;

import dev.doorstep.driver.Deadline;
import java.time.Duration;
import java.util.Optional;

/** Ends this process when it has waited too long for the next request. */
final class IdleEnd {
  private volatile Optional<Deadline> end = Optional.empty();

  private IdleEnd() {}

  /** Begins to look, with a thread that ends with the process. */
  static IdleEnd start() {
    IdleEnd idle = new IdleEnd();
    Thread thread = new Thread(idle::look, "idle");
    thread.setDaemon(true);
    thread.start();
    return idle;
  }

  void waiting(Duration most) {
    end = Optional.of(Deadline.after(most));
  }

  void working() {
    end = Optional.empty();
  }

  private void look() {
    try {
      while (true) {
        Thread.sleep(1000);
        if (end.map(Deadline::expired).orElse(false)) {
          Runtime.getRuntime().halt(0);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
