package dev.doorstep.agent.journal;

import dev.doorstep.protocol.ErrorCode;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is to be written of one event. Guarded by {@link Pending}. */
final class EventChange implements Change {
  private final String id;
  private @Nullable StoredEvent event;
  private boolean delivered;

  EventChange(String id) {
    this.id = id;
  }

  void add(StoredEvent added) {
    event = added;
  }

  void deliver() {
    delivered = true;
  }

  @Override
  public Optional<JournalException> write(Rows rows) throws SQLException {
    if (delivered) {
      rows.removeEvent(id); // it may be on disk although this change still holds it: see takeOver
    } else if (event != null) {
      rows.add(event);
    }
    return Optional.empty();
  }

  @Override
  public boolean synced() {
    return false;
  }

  @Override
  public Settled settle(Optional<JournalException> failure) {
    return new Settled(List.of(), failure.filter(e -> e.code() != ErrorCode.INTERNAL).isPresent());
  }

  @Override
  public int size() {
    return event == null || delivered ? 0 : event.body().length;
  }

  @Override
  public void takeOver(Change earlier) {
    EventChange before = (EventChange) earlier;
    event = event == null ? before.event : event;
    delivered |= before.delivered;
  }
}
