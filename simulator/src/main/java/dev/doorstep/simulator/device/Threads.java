package dev.doorstep.simulator.device;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The simulator's own threads: daemons, named, and waited for when they end. */
final class Threads {

  private static final Logger LOG = LoggerFactory.getLogger(Threads.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private Threads() {}

  static Thread start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((t, e) -> LOG.error("{} ended", t.getName(), e));
    thread.start();
    return thread;
  }

  /** Interrupts a thread and waits until it has ended; its own end it cannot wait for. */
  static void end(@Nullable Thread thread) {
    if (thread == null || thread == Thread.currentThread()) {
      return;
    }
    thread.interrupt();
    try {
      thread.join(PATIENCE.toMillis());
      if (thread.isAlive()) {
        LOG.warn("{} does not end", thread.getName());
      }
    } catch (InterruptedException e) {
      LOG.debug("interrupted while {} ended", thread.getName());
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Lets device time pass. False when the thread is to end instead, and its interrupt flag stands.
   */
  static boolean pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
      return true;
    } catch (InterruptedException e) {
      LOG.debug("{} woken while pausing", Thread.currentThread().getName());
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
