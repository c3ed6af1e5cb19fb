package dev.doorstep.agent.device;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A place where threads are held, as a native call holds one: no interrupt and no cut ends it. */
final class Held {
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  /** Holds whoever comes here, until all are released. */
  void hold() {
    entered.countDown();
    boolean interrupted = false;
    boolean free = false;
    while (!free) {
      try {
        release.await();
        free = true;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Holds the first who comes here, and no other. */
  Runnable once() {
    CountDownLatch first = new CountDownLatch(1);
    return () -> {
      boolean mine;
      synchronized (first) {
        mine = first.getCount() == 1;
        first.countDown();
      }
      if (mine) {
        hold();
      }
    };
  }

  /** Waits until somebody is held. */
  void awaitEntered() throws InterruptedException {
    if (!entered.await(20, TimeUnit.SECONDS)) {
      throw new AssertionError("nobody came");
    }
  }

  void release() {
    release.countDown();
  }
}
