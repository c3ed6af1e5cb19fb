package dev.doorstep.agent.journal;

import dev.doorstep.protocol.ErrorCode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables and how they came to be: step n leads from version n - 1 to version n, and is never
 * changed once it was released.
 *
 * <p>{@code ended} is null until a command has ended, {@code delivered} is 1 from the end on if
 * nobody waits for the reply. The partial indexes hold the few rows that a start reads, so that a
 * start takes no longer with a month of commands than with none.
 */
final class Schema {
  private static final List<List<String>> STEPS =
      List.of(
          List.of(
              """
              CREATE TABLE command (
                seq INTEGER PRIMARY KEY,
                client TEXT NOT NULL,
                id TEXT NOT NULL,
                digest BLOB NOT NULL,
                device TEXT NOT NULL,
                operation TEXT NOT NULL,
                effect TEXT NOT NULL,
                arrived INTEGER NOT NULL,
                expires INTEGER NOT NULL,
                case_number TEXT,
                state TEXT NOT NULL,
                ended INTEGER,
                delivered INTEGER NOT NULL DEFAULT 0,
                topic TEXT,
                correlation BLOB,
                body BLOB,
                reply BLOB)
              """,
              "CREATE UNIQUE INDEX command_key ON command (client, id)",
              "CREATE INDEX command_arrived ON command (arrived)",
              "CREATE INDEX command_unfinished ON command (seq) WHERE ended IS NULL",
              """
              CREATE INDEX command_undelivered ON command (seq)
                WHERE ended IS NOT NULL AND delivered = 0
              """),
          List.of(
              """
              CREATE TABLE event (
                seq INTEGER PRIMARY KEY,
                id TEXT NOT NULL UNIQUE,
                device TEXT NOT NULL,
                body BLOB NOT NULL)
              """,
              """
              CREATE INDEX command_with_reply ON command (seq)
                WHERE reply IS NOT NULL AND delivered = 1
              """),
          List.of(
              "CREATE INDEX command_ended ON command (ended) WHERE ended IS NOT NULL",
              "ALTER TABLE command ADD COLUMN case_sealed BLOB")); // and SealedCases

  /** The version that this program writes. */
  static final int VERSION = STEPS.size();

  private static final int CASES_SEALED = 3;

  private Schema() {}

  /**
   * Brings a database to {@link #VERSION}, in one transaction.
   *
   * @throws JournalException if a newer program wrote it
   */
  static void bring(Connection connection, Path file, Vault vault)
      throws SQLException, JournalException {
    try (Statement statement = connection.createStatement()) {
      int found = version(statement);
      if (found > VERSION) {
        throw new JournalException(
            ErrorCode.INTERNAL,
            file
                + " was written by a newer version of this program (format "
                + found
                + ", this one knows "
                + VERSION
                + "): run the newer version again, or move the file away (what was under way is"
                + " then forgotten)");
      }
      if (found < VERSION) {
        statement.execute("PRAGMA secure_delete = ON"); // what a step removes is overwritten
        statement.execute("BEGIN IMMEDIATE");
        for (List<String> step : STEPS.subList(found, VERSION)) {
          for (String sql : step) {
            statement.execute(sql);
          }
        }
        if (found < CASES_SEALED) {
          SealedCases.seal(connection, vault);
        }
        statement.execute("PRAGMA user_version = " + VERSION);
        statement.execute("COMMIT");
        statement.execute("PRAGMA secure_delete = OFF");
        if (found > 0 && found < CASES_SEALED) {
          SealedCases.wipe(statement, file);
        }
      }
    }
  }

  private static int version(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      return row.getInt(1);
    }
  }
}
