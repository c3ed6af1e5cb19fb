package dev.doorstep.protocol.center;

import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.blob.SpooledDocument;
import dev.doorstep.protocol.operation.ResendPieces;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Somebody waits for a document: asks the point for missing pieces when none has come for a while,
 * and gives up when none has come for much longer.
 */
final class Fetch<R> {
  private static final Logger LOG = LoggerFactory.getLogger(Fetch.class);
  private static final int MOST_ASKED = 1000;

  /** What is to be made of a document. */
  interface Reading<R> {
    R read(SpooledDocument document) throws IOException;
  }

  private final String point;
  private final BlobAssembly assembly;
  private final Duration patience;
  private final Duration quiet;
  private final Remote remote;
  private final Function<String, CallFailedException> damaged;
  private final CompletableFuture<R> result = new CompletableFuture<>();
  private final long begin = System.nanoTime();

  Fetch(
      String point,
      BlobAssembly assembly,
      Duration patience,
      Duration quiet,
      Remote remote,
      Function<String, CallFailedException> damaged) {
    this.point = point;
    this.assembly = assembly;
    this.patience = patience;
    this.quiet = quiet;
    this.remote = remote;
    this.damaged = damaged;
  }

  /** Begins to wait; reads on {@code files} when the document is there. */
  CompletableFuture<R> start(ScheduledExecutorService clock, Executor files, Reading<R> reading) {
    long tick = Math.max(1, Math.min(quiet.toMillis(), patience.toMillis()) / 4);
    assembly.await(1);
    Future<?> ticking = clock.scheduleWithFixedDelay(this::look, tick, tick, TimeUnit.MILLISECONDS);
    var unused =
        result.whenComplete(
            (it, e) -> {
              ticking.cancel(false);
              assembly.await(-1);
            });
    var unusedToo =
        assembly
            .document()
            .whenComplete(
                (document, e) -> {
                  if (e == null) {
                    hand(files, () -> read(document, reading));
                  } else {
                    result.completeExceptionally(e);
                  }
                });
    return result;
  }

  private void hand(Executor files, Runnable task) {
    try {
      files.execute(task);
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(damaged.apply("the client was closed before"));
    }
  }

  private void read(SpooledDocument document, Reading<R> reading) {
    if (assembly.release()) {
      remote.release(point, assembly.blob().id());
    }
    try {
      result.complete(reading.read(document));
    } catch (IOException | RuntimeException e) {
      result.completeExceptionally(e);
    }
  }

  private void look() {
    if (assembly.document().isDone()) {
      return;
    }
    long since = Math.max(begin, assembly.newestPiece());
    if (System.nanoTime() - since > patience.toNanos()) {
      result.completeExceptionally(
          damaged.apply(
              assembly.count()
                  + " of "
                  + assembly.blob().pieces()
                  + " pieces came, and no other within "
                  + patience));
      return;
    }
    List<Integer> missing = assembly.toAskFor(quiet.toNanos(), MOST_ASKED);
    if (!missing.isEmpty()) {
      LOG.debug("{} pieces of a document of {} are asked for again", missing.size(), point);
      var unused =
          remote
              .resend(point, new ResendPieces(assembly.blob().id(), missing))
              .whenComplete((resent, e) -> answered(e));
    }
  }

  private void answered(@Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof CallFailedException call) {
      LOG.debug("no pieces again: {}", call.getMessage());
      if (call.is(ErrorCode.GONE)) {
        assembly.asked(false);
        assembly.fail(call);
        return;
      }
      boolean unknownThere =
          call.problem()
              .flatMap(problem -> problem.kind().as(ErrorCode.Kind.class))
              .filter(kind -> kind == ErrorCode.Kind.REQUEST)
              .isPresent();
      assembly.asked(!unknownThere); // an older agent has no such operation
    } else {
      assembly.asked(true);
    }
  }
}
