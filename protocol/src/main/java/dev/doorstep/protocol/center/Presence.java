package dev.doorstep.protocol.center;

import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.PointAbout;
import dev.doorstep.protocol.PointStatus;
import dev.doorstep.protocol.Topics;
import dev.doorstep.protocol.mqtt.BrokerConnection;
import dev.doorstep.protocol.mqtt.ConnectionGoneException;
import dev.doorstep.protocol.mqtt.Subscription;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which points are online, of those that were asked about: each is subscribed to when it first is.
 * Until its retained documents have come, or a moment has passed in which none came, an answer
 * waits; so does every answer after a reconnect, and while there is no connection.
 */
final class Presence implements PointListener {
  private static final Logger LOG = LoggerFactory.getLogger(Presence.class);
  private static final int MOST_FILTERS = 64;
  private static final int REFUSED = 0x80;

  /** One point. */
  private static final class Entry {
    private final Deque<Consumer<Optional<String>>> asking = new ArrayDeque<>();
    private Sightings sightings = new Sightings();
    private boolean waitedFor;
    private boolean hidden;
    private boolean telling;

    boolean isSettled() {
      return waitedFor || sightings.isCertain();
    }

    Optional<String> absence() {
      return hidden ? Optional.empty() : sightings.absence();
    }

    void forget() {
      sightings = new Sightings();
      waitedFor = false;
      hidden = false;
    }
  }

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final ScheduledExecutorService clock;
  private final Duration settling;
  private @Nullable BrokerConnection connection;
  private boolean closed;

  /**
   * Knows no point yet.
   *
   * @param settling how long retained documents may take to come after their subscription, twice: a
   *     broker may miss one that is published at the very moment of the subscription
   */
  Presence(ScheduledExecutorService clock, Duration settling) {
    this.clock = clock;
    this.settling = settling;
  }

  /**
   * Asks about a point; answers about one point come in the order of the questions.
   *
   * @param answer why the point is not online, or empty if it is; told at once or later on a thread
   *     of the client
   */
  void ask(String point, Consumer<Optional<String>> answer) {
    Entry entry;
    synchronized (this) {
      boolean known = entries.containsKey(Names.check("point", point));
      entry = entry(point);
      if (!known) {
        subscribe(List.of(point), false);
      }
      entry.asking.add(answer);
    }
    tell(entry);
  }

  /** Goes on with a new connection; what was known on the old one may be out of date. */
  synchronized void connected(BrokerConnection fresh) {
    connection = fresh;
    entries.values().forEach(Entry::forget);
    List<String> points = new ArrayList<>(entries.keySet());
    for (int from = 0; from < points.size(); from += MOST_FILTERS / 2) {
      subscribe(points.subList(from, Math.min(points.size(), from + MOST_FILTERS / 2)), false);
    }
  }

  /** Answers wait until there is a new connection. */
  synchronized void disconnected() {
    connection = null;
    entries.values().forEach(Entry::forget);
  }

  @Override
  public void status(String point, PointStatus status) {
    seen(point, sightings -> sightings.status(status));
  }

  @Override
  public void about(String point, PointAbout about) {
    seen(point, sightings -> sightings.about(about));
  }

  private void seen(String point, Consumer<Sightings> what) {
    Entry entry;
    synchronized (this) {
      entry = entries.get(point);
      if (entry == null) {
        return; // somebody watches all points
      }
      what.accept(entry.sightings);
    }
    tell(entry);
  }

  private void subscribe(List<String> points, boolean again) {
    BrokerConnection now = connection;
    if (now == null || points.isEmpty()) {
      return; // the next connection subscribes
    }
    List<String> asked = List.copyOf(points);
    try {
      now.subscribe(
          filters(asked).map(Subscription::to).toList(),
          reason -> subscribed(now, asked, again, reason));
    } catch (ConnectionGoneException e) {
      LOG.debug("not subscribed on this connection: {}", e.getMessage());
    }
  }

  private static Stream<String> filters(Collection<String> points) {
    return points.stream().map(Topics::new).flatMap(t -> Stream.of(t.status(), t.about()));
  }

  private void subscribed(BrokerConnection by, List<String> asked, boolean again, int reason) {
    if (reason >= REFUSED && asked.size() > 1) {
      // Only one of them may be meant: the reason is the worst of all.
      synchronized (this) {
        if (by == connection) {
          asked.forEach(point -> subscribe(List.of(point), again));
        }
      }
      return;
    }
    if (reason >= REFUSED) {
      LOG.warn(
          "the broker does not tell whether {} is online: {}",
          asked,
          BrokerConnection.reasonText(reason));
      settle(by, asked, true); // nobody can tell: a call then goes as if it were
      return;
    }
    Runnable next = again ? () -> settle(by, asked, false) : () -> askAgain(by, asked);
    try {
      var unused = clock.schedule(next, settling.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("nobody waits: the client is closed");
    }
  }

  private synchronized void askAgain(BrokerConnection by, List<String> asked) {
    if (by == connection) {
      subscribe(asked.stream().filter(point -> !entry(point).isSettled()).toList(), true);
    }
  }

  private void settle(BrokerConnection by, List<String> asked, boolean hidden) {
    List<Entry> settled;
    synchronized (this) {
      if (by != connection) {
        return;
      }
      settled = asked.stream().map(this::entry).toList();
      settled.forEach(
          entry -> {
            entry.waitedFor = true;
            entry.hidden = hidden;
          });
    }
    settled.forEach(this::tell);
  }

  private Entry entry(String point) {
    return entries.computeIfAbsent(point, it -> new Entry());
  }

  /** Answers whoever asks, one at a time and outside of the lock, if the answer is settled. */
  private void tell(Entry entry) {
    synchronized (this) {
      if (entry.telling) {
        return; // whoever is at it comes to the rest
      }
      entry.telling = true;
    }
    while (true) {
      Consumer<Optional<String>> next;
      Optional<String> absence;
      synchronized (this) {
        if (entry.asking.isEmpty() || !(entry.isSettled() || closed)) {
          entry.telling = false;
          return;
        }
        next = entry.asking.remove();
        absence = closed ? Optional.of("the client is closed") : entry.absence();
      }
      try {
        next.accept(absence);
      } catch (RuntimeException e) {
        LOG.warn("an answer about a point failed", e); // the others wait for theirs
      }
    }
  }

  /** Gives up the subscriptions; whoever still asks is told that nobody is online. */
  void close() {
    List<Entry> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(entries.values());
      List<String> filters = filters(entries.keySet()).toList();
      BrokerConnection now = connection;
      for (int from = 0; now != null && from < filters.size(); from += MOST_FILTERS) {
        now.unsubscribe(filters.subList(from, Math.min(filters.size(), from + MOST_FILTERS)));
      }
      connection = null;
    }
    left.forEach(this::tell);
  }
}
