package dev.doorstep.protocol.center;

import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.DeviceEvent;
import dev.doorstep.protocol.DeviceStatus;
import dev.doorstep.protocol.InvalidMessageException;
import dev.doorstep.protocol.PointAbout;
import dev.doorstep.protocol.PointStatus;
import dev.doorstep.protocol.Topics;
import dev.doorstep.protocol.mqtt.BrokerConnection;
import dev.doorstep.protocol.mqtt.ConnectionGoneException;
import dev.doorstep.protocol.mqtt.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What points tell unasked: reads it and passes it on to whoever listens. All points are subscribed
 * to as long as somebody watches, and none otherwise.
 */
final class Announcements {
  private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);
  private static final int REFUSED = 0x80;

  /** How the subscription of a watcher goes; nobody may block here. */
  interface Progress {
    /** The broker will tell, and begins with what points keep there. */
    default void begun() {}

    /** The broker does not tell. */
    default void refused(int reason) {}

    /** There is no connection; {@link #begun} is to follow once there is. */
    default void interrupted() {}

    /** The client was closed. */
    default void closed() {}
  }

  private record Watcher(PointListener listener, Progress progress) {}

  private final PointListener presence;
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
  private @Nullable BrokerConnection connection;

  Announcements(PointListener presence) {
    this.presence = presence;
  }

  void watch(PointListener listener) {
    watch(listener, new Progress() {}); // it waits for nothing
  }

  synchronized void watch(PointListener listener, Progress progress) {
    watchers.add(new Watcher(listener, progress));
    subscribe(); // also where others watch: the retained documents come again
  }

  synchronized void unwatch(PointListener listener) {
    boolean gone = watchers.removeIf(it -> it.listener() == listener);
    if (gone && watchers.isEmpty() && connection != null) {
      connection.unsubscribe(Topics.announcements());
    }
  }

  synchronized void connected(BrokerConnection fresh) {
    connection = fresh;
    if (!watchers.isEmpty()) {
      subscribe();
    }
  }

  synchronized void disconnected() {
    connection = null;
    watchers.forEach(it -> it.progress().interrupted());
  }

  synchronized void close() {
    watchers.forEach(it -> it.progress().closed());
    watchers.clear();
    if (connection != null) {
      connection.unsubscribe(Topics.announcements());
    }
  }

  private void subscribe() {
    BrokerConnection now = connection;
    if (now == null) {
      return; // the next connection subscribes
    }
    List<Watcher> asking = List.copyOf(watchers);
    subscribe(now, Topics.pointAnnouncements(), reason -> asking.forEach(it -> tell(it, reason)));
    subscribe(now, Topics.deviceAnnouncements(), reason -> {});
  }

  private static void tell(Watcher watcher, int reason) {
    if (reason >= REFUSED) {
      watcher.progress().refused(reason);
    } else {
      watcher.progress().begun();
    }
  }

  private static void subscribe(BrokerConnection on, List<String> filters, IntConsumer answer) {
    try {
      on.subscribe(
          filters.stream().map(Subscription::to).toList(),
          reason -> {
            if (reason >= REFUSED) {
              LOG.warn(
                  "the broker does not let this client watch {}: {}",
                  filters,
                  BrokerConnection.reasonText(reason));
            }
            answer.accept(reason);
          });
    } catch (ConnectionGoneException e) {
      LOG.debug("not subscribed on this connection: {}", e.getMessage());
    }
  }

  /** Takes a message that is neither a reply nor a piece. */
  void arrived(Topics topics, String topic, byte[] payload) {
    if (payload.length == 0) {
      return; // a retained document was cleared
    }
    try {
      String point = topics.point();
      if (topic.equals(topics.status())) {
        PointStatus status = Codec.read(PointStatus.class, payload);
        tell(listener -> listener.status(point, status));
      } else if (topic.equals(topics.about())) {
        PointAbout about = Codec.read(PointAbout.class, payload);
        tell(listener -> listener.about(point, about));
      } else if (topics.documentOf(topic).isPresent()) {
        DeviceStatus status = Codec.read(DeviceStatus.class, payload);
        String device = topics.documentOf(topic).get();
        tell(listener -> listener.device(point, device, status));
      } else if (topics.eventOf(topic).isPresent()) {
        DeviceEvent event = Codec.read(DeviceEvent.class, payload);
        String device = topics.eventOf(topic).get();
        tell(listener -> listener.event(point, device, event));
      }
    } catch (InvalidMessageException e) {
      LOG.warn("a message to {} is not readable: {}", topic, e.getMessage());
    }
  }

  private void tell(Consumer<PointListener> telling) {
    telling.accept(presence);
    for (Watcher watcher : watchers) {
      try {
        telling.accept(watcher.listener());
      } catch (RuntimeException e) {
        LOG.warn("a listener failed", e);
      }
    }
  }
}
