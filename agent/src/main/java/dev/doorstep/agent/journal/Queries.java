package dev.doorstep.agent.journal;

import dev.doorstep.protocol.Effect;
import dev.doorstep.protocol.State;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is read, on a connection of its own: a reader waits for no commit. One thread at a time. */
final class Queries {
  private final Connection connection;
  private final Vault vault;
  private final PreparedStatement find;

  Queries(Connection connection, Vault vault) throws SQLException {
    this.connection = connection;
    this.vault = vault;
    this.find =
        connection.prepareStatement(
            """
            SELECT digest, state, ended IS NOT NULL, delivered, reply FROM command
              WHERE client = ? AND id = ?
            """);
  }

  /** See {@link Journal#find}. */
  Optional<Known> find(CommandKey key) throws SQLException {
    find.setString(1, key.client());
    find.setString(2, key.id());
    try (ResultSet row = find.executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      State state = State.valueOf(row.getString(2));
      boolean ended = row.getBoolean(3);
      return Optional.of(
          new Known(
              HexFormat.of().formatHex(row.getBytes(1)),
              state == State.RUNNING,
              ended ? Optional.of(state) : Optional.empty(),
              opened(Place.REPLY.of(key), row.getBytes(5)),
              row.getBoolean(4)));
    }
  }

  /** The keys of the PHYSICAL commands that have not ended. */
  List<CommandKey> physical() throws SQLException {
    return list(
        "SELECT client, id FROM command WHERE ended IS NULL AND effect = 'PHYSICAL' ORDER BY seq",
        row -> new CommandKey(row.getString(1), row.getString(2)));
  }

  /** The key of a row. */
  record Numbered(long seq, CommandKey key) {}

  /** The keys of the commands after a row, in order. */
  List<Numbered> keysAfter(long seq, int most) throws SQLException {
    return list(
        "SELECT seq, client, id FROM command WHERE seq > " + seq + " ORDER BY seq LIMIT " + most,
        row -> new Numbered(row.getLong(1), new CommandKey(row.getString(2), row.getString(3))));
  }

  /** See {@link Journal#unfinished}. */
  List<Unfinished> unfinished(Instant now) throws SQLException {
    boolean setBack = newest().isAfter(now);
    return list(
        """
        SELECT client, id, state, arrived, digest, device, operation, effect, expires, body, topic,
            correlation, case_sealed
          FROM command WHERE ended IS NULL ORDER BY seq
        """,
        row -> {
          CommandKey key = new CommandKey(row.getString(1), row.getString(2));
          Taken taken =
              new Taken(
                  key,
                  HexFormat.of().formatHex(row.getBytes(5)),
                  row.getString(6),
                  row.getString(7),
                  Effect.valueOf(row.getString(8)),
                  Instant.ofEpochMilli(row.getLong(4)),
                  Instant.ofEpochMilli(row.getLong(9)),
                  opened(Place.BODY.of(key), row.getBytes(10)),
                  address(key, row.getString(11), row.getBytes(12)),
                  caseNumber(key, row.getBytes(13)));
          boolean acting = State.valueOf(row.getString(3)) == State.RUNNING;
          return new Unfinished(taken, acting, setBack);
        });
  }

  /** The latest time of which the journal tells; each half is one look at an index. */
  private Instant newest() throws SQLException {
    return list(
            """
            SELECT max(coalesce((SELECT max(arrived) FROM command), 0),
                coalesce((SELECT max(ended) FROM command WHERE ended IS NOT NULL), 0))
            """,
            row -> Instant.ofEpochMilli(row.getLong(1)))
        .get(0);
  }

  /** See {@link Journal#undelivered}. */
  List<Undelivered> undelivered(int most) throws SQLException {
    return list(
        """
        SELECT client, id, state, topic, correlation, reply, device, operation, case_sealed
          FROM command WHERE ended IS NOT NULL AND delivered = 0 ORDER BY seq LIMIT\s
        """
            + most,
        row -> {
          CommandKey key = new CommandKey(row.getString(1), row.getString(2));
          return new Undelivered(
              key,
              State.valueOf(row.getString(3)),
              address(key, row.getString(4), row.getBytes(5)).orElseThrow(),
              opened(Place.REPLY.of(key), row.getBytes(6)),
              row.getString(7),
              row.getString(8),
              caseNumber(key, row.getBytes(9)));
        });
  }

  /** See {@link Journal#events}; what can no longer be read is left out. */
  List<StoredEvent> events() throws SQLException {
    List<Optional<StoredEvent>> all =
        list(
            "SELECT id, device, body FROM event ORDER BY seq",
            row -> {
              String id = row.getString(1);
              String device = row.getString(2);
              return opened(Place.ofEvent(id), row.getBytes(3))
                  .map(body -> new StoredEvent(id, device, body));
            });
    return all.stream().flatMap(Optional::stream).toList();
  }

  private Optional<ReplyAddress> address(
      CommandKey key, @Nullable String topic, byte @Nullable [] correlation) {
    return Optional.ofNullable(topic)
        .map(to -> new ReplyAddress(to, opened(Place.CORRELATION.of(key), correlation)));
  }

  private Optional<String> caseNumber(CommandKey key, byte @Nullable [] sealed) {
    return opened(Place.CASE.of(key), sealed)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  private Optional<byte[]> opened(String place, byte @Nullable [] sealed) {
    return Optional.ofNullable(sealed).flatMap(bytes -> vault.open(place, bytes));
  }

  private interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  private <T> List<T> list(String sql, Row<T> each) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<T> all = new ArrayList<>();
      while (row.next()) {
        all.add(each.of(row));
      }
      return all;
    }
  }
}
