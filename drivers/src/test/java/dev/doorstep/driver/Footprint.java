package dev.doorstep.driver;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.time.Duration;

/**
 * What this program holds of the system, for tests that do something many times and demand that
 * nothing is left of it.
 *
 * @param threads Java's and, where there is a {@code /proc}, those of native libraries
 * @param handles open files and sockets; 0 where there is no {@code /proc}
 * @param children live child processes
 */
public record Footprint(long threads, long handles, long children) {
  /** Those of the JVM and of JUnit come and go; far fewer than a leak at each of twenty times. */
  private static final long SLACK = 8;

  /** What it holds now. */
  public static Footprint now() {
    return new Footprint(
        entries("/proc/self/task", Thread.activeCount()),
        entries("/proc/self/fd", 0),
        ProcessHandle.current().children().filter(ProcessHandle::isAlive).count());
  }

  /** Demands that it soon holds no more than before. */
  public static void awaitNoMoreThan(Footprint before) {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              Footprint after = now();
              if (after.threads > before.threads + SLACK
                  || after.handles > before.handles + SLACK
                  || after.children > before.children) {
                throw new AssertionError(after + " after " + before);
              }
            });
  }

  private static long entries(String folder, long otherwise) {
    String[] names = new File(folder).list();
    return names == null ? otherwise : names.length;
  }
}
