package dev.doorstep.protocol.center;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Waits for points that are not online, without a thread for each. */
final class AwaitedPoints {
  private static final long LOOK_MILLIS = 500;

  private final Set<CompletableFuture<?>> waiting = new HashSet<>();
  private final ScheduledExecutorService clock;
  private final Presence presence;
  private boolean closed;

  AwaitedPoints(ScheduledExecutorService clock, Presence presence) {
    this.clock = clock;
    this.presence = presence;
  }

  /**
   * Waits until a point is online.
   *
   * @param late what it fails with if the point does not come in time, also if nobody can tell
   * @throws IllegalStateException if the client is closed
   */
  CompletionStage<?> online(String point, Duration time, Supplier<RuntimeException> late) {
    CompletableFuture<?> there = new CompletableFuture<>();
    Future<?> end;
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("the center's client is closed");
      }
      end =
          clock.schedule(
              () -> there.completeExceptionally(late.get()),
              time.toMillis(),
              TimeUnit.MILLISECONDS);
      waiting.add(there);
    }
    var unused =
        there.whenComplete(
            (it, e) -> {
              end.cancel(false);
              forget(there);
            });
    look(point, there);
    return there;
  }

  private void look(String point, CompletableFuture<?> there) {
    if (!there.isDone()) {
      presence.ask(point, absence -> answered(point, there, absence));
    }
  }

  private void answered(String point, CompletableFuture<?> there, Optional<String> absence) {
    if (absence.isEmpty()) {
      there.complete(null);
      return;
    }
    try {
      var unused = clock.schedule(() -> look(point, there), LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      there.completeExceptionally(new IllegalStateException("the client is closed", e));
    }
  }

  @SuppressWarnings("CollectionUndefinedEquality") // a future is itself alone
  private synchronized void forget(CompletableFuture<?> there) {
    waiting.remove(there);
  }

  /** Whoever waits is told {@code reason}. */
  void close(Supplier<RuntimeException> reason) {
    Set<CompletableFuture<?>> left;
    synchronized (this) {
      closed = true;
      left = Set.copyOf(waiting);
    }
    left.forEach(there -> there.completeExceptionally(reason.get()));
  }
}
