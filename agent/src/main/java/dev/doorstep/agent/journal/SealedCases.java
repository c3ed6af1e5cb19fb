package dev.doorstep.agent.journal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The step to format 3 that SQL alone cannot make: cases stood in the clear up to then, and a
 * center may put a name there. Those that are still needed are sealed, the others dropped.
 */
final class SealedCases {
  private static final Logger log = LoggerFactory.getLogger(SealedCases.class);

  private SealedCases() {}

  private record Open(long seq, CommandKey key, String caseNumber) {}

  /** Seals them, inside of the transaction that brings the tables up to date. */
  static void seal(Connection connection, Vault vault) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE command SET case_sealed = ? WHERE seq = ?")) {
      for (Open one : needed(connection)) {
        byte[] plain = one.caseNumber().getBytes(StandardCharsets.UTF_8);
        update.setBytes(1, vault.seal(Place.CASE.of(one.key()), plain));
        update.setLong(2, one.seq());
        update.executeUpdate();
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE command DROP COLUMN case_number");
    }
  }

  private static List<Open> needed(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT seq, client, id, case_number FROM command
                  WHERE case_number IS NOT NULL AND (ended IS NULL OR delivered = 0)
                """)) {
      List<Open> needed = new ArrayList<>();
      while (row.next()) {
        CommandKey key = new CommandKey(row.getString(2), row.getString(3));
        needed.add(new Open(row.getLong(1), key, row.getString(4)));
      }
      return needed;
    }
  }

  /** Removes what deleted rows left in the file, after the transaction; best effort. */
  static void wipe(Statement statement, Path file) {
    try {
      statement.execute("VACUUM");
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (SQLException e) {
      log.warn(
          "{} is up to date, but cases of deleted commands may still be readable in its unused"
              + " parts: stop the agent, make space, and run VACUUM on the file ({})",
          file,
          e.getMessage());
    }
  }
}
