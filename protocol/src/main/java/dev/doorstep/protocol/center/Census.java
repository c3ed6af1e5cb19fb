package dev.doorstep.protocol.center;

import dev.doorstep.protocol.PointAbout;
import dev.doorstep.protocol.PointStatus;
import dev.doorstep.protocol.mqtt.BrokerConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what all points keep at the broker: from its acknowledgement of the subscription until
 * nothing new has come for a moment.
 */
final class Census implements PointListener, Announcements.Progress {
  private static final Duration QUIET = Duration.ofSeconds(1);

  /** The longest that it may take. */
  static final Duration LONGEST = Duration.ofSeconds(30);

  private static final int MOST = 100_000;

  private static final class Entry {
    private final Sightings sightings = new Sightings();
    private @Nullable PointStatus status;
    private @Nullable PointAbout about;
  }

  private final Map<String, Entry> entries = new TreeMap<>();
  private final CompletableFuture<List<KnownPoint>> result = new CompletableFuture<>();
  private final ScheduledExecutorService clock;
  private final Duration longest;
  private final long begin = System.nanoTime();
  private boolean telling;
  private boolean heard;

  Census(ScheduledExecutorService clock, Duration longest) {
    this.clock = clock;
    this.longest = longest;
  }

  CompletableFuture<List<KnownPoint>> result() {
    return result;
  }

  /** Looks again and again whether more came. */
  void run() {
    if (result.isDone()) {
      return;
    }
    boolean late = System.nanoTime() - begin > longest.toNanos();
    if (isOver(late)) {
      result.complete(list());
      return;
    }
    if (late) {
      result.completeExceptionally(
          new IOException(
              "no point could be looked for: for "
                  + longest.toSeconds()
                  + " s the broker did not answer; check the network and the broker"));
      return;
    }
    try {
      var unused = clock.schedule(this::run, QUIET.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      closed();
    }
  }

  private synchronized boolean isOver(boolean late) {
    boolean over = telling && (!heard || late);
    heard = false;
    return over;
  }

  @Override
  public synchronized void begun() {
    telling = true;
    heard = true; // the quiet time begins now
  }

  @Override
  public synchronized void interrupted() {
    telling = false;
  }

  @Override
  public void refused(int reason) {
    result.completeExceptionally(
        new IOException(
            "the broker does not tell which points there are: "
                + BrokerConnection.reasonText(reason)));
  }

  private synchronized List<KnownPoint> list() {
    return entries.entrySet().stream().map(it -> known(it.getKey(), it.getValue())).toList();
  }

  private static KnownPoint known(String id, Entry entry) {
    return new KnownPoint(
        id,
        entry.sightings.absence().isEmpty(),
        Optional.ofNullable(entry.status),
        Optional.ofNullable(entry.about));
  }

  @Override
  public void closed() {
    result.completeExceptionally(new IllegalStateException("the center's client is closed"));
  }

  @Override
  public synchronized void status(String point, PointStatus status) {
    entry(point)
        .ifPresent(
            entry -> {
              entry.status = status;
              entry.sightings.status(status);
            });
  }

  @Override
  public synchronized void about(String point, PointAbout about) {
    entry(point)
        .ifPresent(
            entry -> {
              entry.about = about;
              entry.sightings.about(about);
            });
  }

  private Optional<Entry> entry(String point) {
    heard = true;
    if (entries.size() >= MOST && !entries.containsKey(point)) {
      return Optional.empty();
    }
    return Optional.of(entries.computeIfAbsent(point, it -> new Entry()));
  }
}
