package dev.doorstep.agent.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * That this process is told to end, by Ctrl-C or SIGTERM. Whoever begins this closes all it has,
 * and this last; the process then ends with status 0, where a Java that ends on a signal would give
 * 143.
 */
final class ToldToEnd implements AutoCloseable {
  private final CountDownLatch told = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  private ToldToEnd() {}

  /** Listens from now on. */
  static ToldToEnd begin() {
    ToldToEnd end = new ToldToEnd();
    Runtime.getRuntime().addShutdownHook(new Thread(end::tell, "doorstep-end"));
    return end;
  }

  /** Listens to nothing: the process ends as Java does. */
  static ToldToEnd never() {
    return new ToldToEnd();
  }

  private void tell() {
    if (ended.getCount() == 0) {
      return; // it ended by itself, with a status of its own
    }
    told.countDown();
    try {
      ended.await(); // the process ends when the last hook does
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(ExitStatus.DONE);
  }

  /** Waits until it is told. */
  void await() throws InterruptedException {
    told.await();
  }

  /** Waits for so long; whether it was told. */
  boolean await(Duration time) throws InterruptedException {
    return told.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** All is closed. */
  @Override
  public void close() {
    ended.countDown();
  }
}
