package dev.doorstep.agent.device;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that looks at all lanes, again and again: whether a step goes on for too long, and
 * whether a job has waited for too long. It never does itself what may block. What is to be told to
 * listeners is told by a second thread, one thing after the other.
 */
final class Watchdog implements AutoCloseable {
  private final Set<DeviceLane> lanes = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor looker;
  private final Future<?> looking;
  private final ThreadPoolExecutor teller;

  /** Looks so often. */
  Watchdog(Duration period) {
    this.looker = new ScheduledThreadPoolExecutor(1, work -> daemon(work, "doorstep-watchdog"));
    this.teller =
        new ThreadPoolExecutor(
            1,
            1,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> daemon(work, "doorstep-watchdog-tells"));
    teller.allowCoreThreadTimeOut(true);
    this.looking =
        looker.scheduleWithFixedDelay(
            this::look, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
  }

  void add(DeviceLane lane) {
    lanes.add(lane);
  }

  void remove(DeviceLane lane) {
    lanes.remove(lane);
  }

  /** Has something told that may block for a moment. Returns at once. */
  void tell(Runnable what) {
    teller.execute(
        () -> {
          try {
            what.run();
          } catch (RuntimeException | Error e) {
            Defects.log("watchdog", e);
          }
        });
  }

  /** Ends both threads; what was to be told is told. */
  @Override
  public void close() {
    looking.cancel(false);
    looker.shutdownNow();
    teller.shutdown();
  }

  private void look() {
    for (DeviceLane lane : lanes) {
      try {
        lane.look();
      } catch (RuntimeException | Error e) {
        Defects.log(lane.id(), e); // the other lanes are looked at all the same
      }
    }
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }
}
