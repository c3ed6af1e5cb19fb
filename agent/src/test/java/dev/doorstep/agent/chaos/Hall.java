package dev.doorstep.agent.chaos;

import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.center.CallFailedException;
import dev.doorstep.protocol.center.CallOptions;
import dev.doorstep.protocol.center.Center;
import dev.doorstep.protocol.operation.Printed;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An application of the center's client: keeps a few tickets under way, and calls again under the
 * same id where the client says that no reply came.
 */
final class Hall {
  private static final int UNDERWAY = 4;
  private static final CallOptions OPTIONS =
      CallOptions.of(Duration.ofSeconds(10)).withExpiry(Duration.ofSeconds(25)).withQueued(true);

  private final Center center;
  private final Map<String, Integer> results = new LinkedHashMap<>();
  private final Map<String, Throwable> failures = new LinkedHashMap<>();
  private final Set<String> underway = new LinkedHashSet<>();
  private int named;
  private int again;
  private boolean closed;

  Hall(Center center) {
    this.center = center;
  }

  /** Begins. */
  void open() {
    for (int i = 0; i < UNDERWAY; i++) {
      next();
    }
  }

  /** No new tickets from now on. */
  synchronized void close() {
    closed = true;
  }

  /** What is still under way. */
  synchronized Set<String> underway() {
    return Set.copyOf(underway);
  }

  /** How many calls had a result. */
  synchronized int answered() {
    return results.size();
  }

  /** The calls with a result, and how often each had one. */
  synchronized Map<String, Integer> results() {
    return new LinkedHashMap<>(results);
  }

  /** The calls that ended otherwise. */
  synchronized Map<String, Throwable> failures() {
    return new LinkedHashMap<>(failures);
  }

  /** How many calls were made again for want of a reply. */
  synchronized int again() {
    return again;
  }

  private void next() {
    String id;
    synchronized (this) {
      if (closed) {
        return;
      }
      id = "t-%06d".formatted(named++);
      underway.add(id);
    }
    call(id);
  }

  private void call(String id) {
    var unused =
        center
            .point(TicketDesk.POINT)
            .call("tickets", TicketDesk.ticket(id), OPTIONS.withId(id))
            .whenComplete((printed, e) -> ended(id, printed, e));
  }

  private void ended(String id, @Nullable Printed printed, @Nullable Throwable e) {
    Throwable cause = e instanceof CompletionException ? e.getCause() : e;
    if (cause instanceof CallFailedException failed && failed.is(ErrorCode.NO_REPLY)) {
      synchronized (this) {
        again++;
      }
      call(id);
      return;
    }
    synchronized (this) {
      underway.remove(id);
      if (printed == null) {
        failures.put(id, cause);
      } else {
        results.merge(id, 1, Integer::sum);
      }
    }
    next();
  }

  /** The names of all tickets. */
  synchronized List<String> all() {
    return IntStream.range(0, named).mapToObj("t-%06d"::formatted).toList();
  }
}
