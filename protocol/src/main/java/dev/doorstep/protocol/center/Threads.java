package dev.doorstep.protocol.center;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of a client. */
final class Threads {
  private Threads() {}

  /** One thread for what is to be done at its time. */
  static ScheduledExecutorService clock(String name) {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(1, task -> daemon(task, name));
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }

  /**
   * Ends a clock, and waits for its thread unless that is the calling one.
   *
   * @param name the clock's
   * @return false if it is still at something after some seconds
   */
  static boolean end(ScheduledExecutorService clock, String name) {
    clock.shutdownNow();
    try {
      return Thread.currentThread().getName().equals(name)
          || clock.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true; // whoever interrupts does not want to wait
    }
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Threads for work that may block; they end when nothing is to be done for a while. */
  static ExecutorService pool(String name, int most) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            most,
            most,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> daemon(task, name));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
