package dev.doorstep.protocol.center;

import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.operation.CountReceived;
import dev.doorstep.protocol.operation.Received;
import dev.doorstep.protocol.operation.ReleaseBlob;
import dev.doorstep.protocol.operation.Released;
import dev.doorstep.protocol.operation.ResendPieces;
import dev.doorstep.protocol.operation.Resent;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the agents of points about their documents. */
final class PointAgents implements Remote {
  private static final Logger LOG = LoggerFactory.getLogger(PointAgents.class);
  private static final Duration ASKING = Duration.ofSeconds(10);

  private final Function<String, Point> points;

  PointAgents(Function<String, Point> points) {
    this.points = points;
  }

  @Override
  public CompletionStage<Resent> resend(String point, ResendPieces pieces) {
    return call(point, pieces, false);
  }

  @Override
  public void release(String point, String blob) {
    call(point, new ReleaseBlob(blob), false)
        .exceptionally(
            e -> {
              LOG.debug("a document of {} was not released: {}", point, e.getMessage());
              return new Released(false);
            });
  }

  @Override
  public CompletionStage<Received> received(String point, Content.Blob blob) {
    // Queued: the point may be away for a moment, with all pieces waiting at the broker.
    return call(point, new CountReceived(blob), true);
  }

  private <R> CompletionStage<R> call(String point, Operation<R> operation, boolean queued) {
    CallOptions asking = CallOptions.of(ASKING).withExpiry(ASKING).withQueued(queued);
    try {
      return points.apply(point).call("agent", operation, asking);
    } catch (IllegalStateException e) {
      return CompletableFuture.failedFuture(e); // the client is closed
    }
  }
}
