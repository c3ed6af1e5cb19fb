package dev.doorstep.agent.journal;

import dev.doorstep.protocol.State;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is written, row by row, on one connection. The journal's thread only. After an error the
 * statements are of no more use: SQLite JDBC closes the one that failed.
 */
final class Rows implements AutoCloseable {
  private final Vault vault;
  private final PreparedStatement enter;
  private final PreparedStatement act;
  private final PreparedStatement end;
  private final PreparedStatement deliver;
  private final PreparedStatement address;
  private final PreparedStatement addEvent;
  private final PreparedStatement removeEvent;

  Rows(Connection connection, Vault vault) throws SQLException {
    this.vault = vault;
    enter =
        connection.prepareStatement(
            """
            INSERT INTO command (client, id, digest, device, operation, effect, arrived, expires,
                case_sealed, state, topic, correlation, body, ended, delivered, reply)
              VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """);
    act =
        connection.prepareStatement(
            "UPDATE command SET state = ? WHERE client = ? AND id = ? AND ended IS NULL");
    end =
        connection.prepareStatement(
            """
            UPDATE command SET state = ?, ended = ?, delivered = topic IS NULL OR ?, reply = ?,
              body = NULL WHERE client = ? AND id = ? AND ended IS NULL
            """);
    deliver =
        connection.prepareStatement(
            "UPDATE command SET delivered = 1 WHERE client = ? AND id = ? AND ended IS NOT NULL");
    address =
        connection.prepareStatement(
            "UPDATE command SET topic = ?, correlation = ? WHERE client = ? AND id = ?");
    addEvent =
        connection.prepareStatement(
            "INSERT INTO event (id, device, body) VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
    removeEvent = connection.prepareStatement("DELETE FROM event WHERE id = ?");
  }

  /** How a command ended. */
  record End(State state, Instant at, Optional<byte[]> reply) {}

  /** Enters a command, also one that has ended by now; tells whether it is new. */
  boolean enter(
      Taken taken, boolean acting, Optional<ReplyAddress> to, Optional<End> how, boolean delivered)
      throws SQLException {
    CommandKey key = taken.key();
    enter.setString(1, key.client());
    enter.setString(2, key.id());
    enter.setBytes(3, HexFormat.of().parseHex(taken.digest()));
    enter.setString(4, taken.device());
    enter.setString(5, taken.operation());
    enter.setString(6, taken.effect().name());
    enter.setLong(7, taken.arrived().toEpochMilli());
    enter.setLong(8, taken.expires().toEpochMilli());
    enter.setBytes(
        9,
        sealed(
            Place.CASE.of(key),
            taken.caseNumber().map(number -> number.getBytes(StandardCharsets.UTF_8))));
    enter.setString(10, how.map(End::state).orElse(running(acting)).name());
    enter.setString(11, to.map(ReplyAddress::topic).orElse(null));
    boolean told = how.isPresent() && (delivered || to.isEmpty());
    Optional<ReplyAddress> due = told ? Optional.empty() : to; // nobody is to be told any more
    enter.setBytes(12, sealed(Place.CORRELATION.of(key), due.flatMap(ReplyAddress::correlation)));
    enter.setBytes(
        13, sealed(Place.BODY.of(key), how.isPresent() ? Optional.empty() : taken.body()));
    if (how.isPresent()) {
      enter.setLong(14, how.get().at().toEpochMilli());
    } else {
      enter.setObject(14, null);
    }
    enter.setBoolean(15, told);
    enter.setBytes(16, sealed(Place.REPLY.of(key), how.flatMap(End::reply)));
    return enter.executeUpdate() == 1;
  }

  private static State running(boolean acting) {
    return acting ? State.RUNNING : State.ACCEPTED;
  }

  /** The device may act; tells whether there is such a command that has not ended. */
  boolean act(CommandKey key) throws SQLException {
    act.setString(1, State.RUNNING.name());
    act.setString(2, key.client());
    act.setString(3, key.id());
    return act.executeUpdate() == 1;
  }

  /** A command ended; its body is no longer needed. Tells whether it had not ended before. */
  boolean end(CommandKey key, End how, boolean delivered) throws SQLException {
    end.setString(1, how.state().name());
    end.setLong(2, how.at().toEpochMilli());
    end.setBoolean(3, delivered);
    end.setBytes(4, sealed(Place.REPLY.of(key), how.reply()));
    end.setString(5, key.client());
    end.setString(6, key.id());
    return end.executeUpdate() == 1;
  }

  void deliver(CommandKey key) throws SQLException {
    deliver.setString(1, key.client());
    deliver.setString(2, key.id());
    deliver.executeUpdate();
  }

  void address(CommandKey key, ReplyAddress to) throws SQLException {
    address.setString(1, to.topic());
    address.setBytes(2, sealed(Place.CORRELATION.of(key), to.correlation()));
    address.setString(3, key.client());
    address.setString(4, key.id());
    address.executeUpdate();
  }

  void add(StoredEvent event) throws SQLException {
    addEvent.setString(1, event.id());
    addEvent.setString(2, event.device());
    addEvent.setBytes(3, vault.seal(Place.ofEvent(event.id()), event.body()));
    addEvent.executeUpdate();
  }

  void removeEvent(String id) throws SQLException {
    removeEvent.setString(1, id);
    removeEvent.executeUpdate();
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement :
        List.of(enter, act, end, deliver, address, addEvent, removeEvent)) {
      statement.close();
    }
  }

  private byte @Nullable [] sealed(String place, Optional<byte[]> plain) {
    return plain.map(bytes -> vault.seal(place, bytes)).orElse(null);
  }
}
