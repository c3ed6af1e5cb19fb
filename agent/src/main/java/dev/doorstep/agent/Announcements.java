package dev.doorstep.agent;

import dev.doorstep.agent.device.DeviceWatcher;
import dev.doorstep.agent.journal.Journal;
import dev.doorstep.agent.journal.JournalException;
import dev.doorstep.agent.journal.StoredEvent;
import dev.doorstep.agent.link.MqttLink;
import dev.doorstep.driver.Subject;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.DeviceEvent;
import dev.doorstep.protocol.DeviceStatus;
import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.Topics;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Tells the broker what devices do by themselves; nobody where there is none. */
final class Announcements implements DeviceWatcher {
  private final Topics topics;
  private final String session;
  private final Optional<Journal> journal;
  private final Clock clock;
  private final AtomicLong events = new AtomicLong();
  private volatile @Nullable MqttLink link;

  Announcements(Topics topics, String session, Optional<Journal> journal, Clock clock) {
    this.topics = topics;
    this.session = session;
    this.journal = journal;
    this.clock = clock;
  }

  /**
   * From now on the broker is told, and of the events that an earlier start left first.
   *
   * @throws JournalException if those cannot be read
   */
  void go(MqttLink way) throws JournalException {
    if (journal.isPresent()) {
      for (StoredEvent event : journal.get().events()) {
        way.event(event.device(), event.body(), () -> delivered(event.id()));
      }
    }
    link = way;
  }

  @Override
  public void changed(String device, DeviceStatus status) {
    MqttLink now = link;
    if (now == null) {
      return;
    }
    if (status.state().is(DeviceStatus.State.BUSY)) {
      now.passingDocument(topics.device(device), status);
    } else {
      now.document(topics.device(device), status);
    }
  }

  /** What stands for a person is never on disk. */
  @Override
  public void happened(String device, String event, Subject subject, Object data) {
    MqttLink now = link;
    if (now == null) {
      return;
    }
    DeviceEvent told =
        new DeviceEvent(
            Names.random(),
            event,
            clock.instant(),
            session,
            events.incrementAndGet(),
            Optional.empty(),
            Codec.tree(data));
    byte[] body = Codec.write(told);
    if (subject == Subject.DEVICE) {
      journal.ifPresent(kept -> kept.event(new StoredEvent(told.id(), device, body)));
    }
    now.event(device, body, () -> delivered(told.id()));
  }

  private void delivered(String event) {
    journal.ifPresent(kept -> kept.eventDelivered(event));
  }
}
