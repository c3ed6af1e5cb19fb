package dev.doorstep.driver.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.time.Duration;
import java.util.Objects;

/** What this process holds: threads and, on Linux, open files and sockets. */
public final class Leaks {
  private static final int SLACK = 6; // those of the JVM and of JUnit come and go
  private final int threads = Thread.activeCount();
  private final int handles = handles();

  /** Makes sure that no more is held than when this was made. */
  public void demandNone() {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + SLACK);
              assertThat(handles()).isLessThanOrEqualTo(handles + SLACK);
            });
  }

  private static int handles() {
    File open = new File("/proc/self/fd");
    return open.isDirectory() ? Objects.requireNonNull(open.list()).length : 0;
  }
}
