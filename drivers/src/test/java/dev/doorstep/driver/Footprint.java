package dev.doorstep.driver;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * What this program holds of the system, for tests that do something a hundred times and demand
 * that nothing is left of it.
 *
 * @param threads of ours, by their names
 * @param handles open files and sockets; 0 where there is no {@code /proc}
 * @param children live child processes
 */
public record Footprint(long threads, long handles, long children) {
  /** What may be there for a moment: a socket that the collector has not seen yet. */
  private static final long SLACK = 8;

  /** What it holds now. */
  public static Footprint now() {
    return new Footprint(ownThreads(), openHandles(), liveChildren());
  }

  /** Demands that it soon holds no more than before. */
  public static void awaitNoMoreThan(Footprint before) {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              Footprint after = now();
              if (after.threads > before.threads
                  || after.handles > before.handles + SLACK
                  || after.children > before.children) {
                throw new AssertionError(after + " after " + before);
              }
            });
  }

  private static long ownThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("doorstep"))
        .count();
  }

  private static long openHandles() {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    } catch (IOException e) {
      return 0; // not Linux: threads and processes are counted all the same
    }
  }

  private static long liveChildren() {
    return ProcessHandle.current().children().filter(ProcessHandle::isAlive).count();
  }
}
