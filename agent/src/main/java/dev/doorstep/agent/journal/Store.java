package dev.doorstep.agent.journal;

import dev.doorstep.agent.files.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.sqlite.JDBC;

/**
 * The open database: one connection that is written, one that is read. Each is used by one thread
 * at a time; {@link OpenStore} sees to that.
 */
final class Store implements AutoCloseable {
  /** How many events are kept. */
  static final int MOST_EVENTS = 10_000;

  private static final int PAGE_BYTES = 4096;
  private static final int STEP = 500;

  private final Vault vault;
  private final Connection writing;
  private final Connection reading;
  private final Statement control;
  private Rows rows;
  private final Queries queries;
  private boolean full = true;

  private Store(Connection writing, Connection reading, Vault vault) throws SQLException {
    this.vault = vault;
    this.writing = writing;
    this.reading = reading;
    this.control = writing.createStatement();
    this.rows = new Rows(writing, vault);
    this.queries = new Queries(reading, vault);
  }

  /** Opens and migrates. */
  static Store open(JournalSettings settings, Vault vault)
      throws SQLException, JournalException, IOException {
    if (Files.notExists(settings.database())) {
      Files.createFile(settings.database(), OwnerOnly.attributes());
    }
    List<Connection> open = new ArrayList<>();
    boolean done = false;
    try {
      open.add(connect(settings));
      Connection writing = open.get(0);
      // Small caches: the agent's whole heap is 96 MB, and the kernel caches the file anyway
      set(writing, "journal_mode = WAL", "synchronous = FULL", "cache_size = -1024");
      set(writing, "journal_size_limit = 4194304", "temp_store = MEMORY");
      Schema.bring(writing, settings.database(), vault);
      // Afterwards, so that a full journal can be brought up to date
      set(writing, "max_page_count = " + settings.largestBytes() / PAGE_BYTES);
      open.add(connect(settings));
      set(open.get(1), "query_only = ON", "cache_size = -512");
      Store store = new Store(writing, open.get(1), vault);
      done = true;
      return store;
    } finally {
      if (!done) {
        for (Connection connection : open) {
          connection.close();
        }
      }
    }
  }

  private static Connection connect(JournalSettings settings) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("busy_timeout", "5000");
    return JDBC.createConnection(JDBC.PREFIX + settings.database(), properties);
  }

  private static void set(Connection connection, String... pragmas) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String pragma : pragmas) {
        statement.execute("PRAGMA " + pragma);
      }
    }
  }

  /** What is to be done inside of a transaction. */
  interface Transaction<T> {
    T run() throws SQLException;
  }

  /**
   * Writes a group in one transaction.
   *
   * @return of each change why it makes no sense, or empty
   */
  List<Optional<JournalException>> write(List<Change> group) throws SQLException {
    return transaction(
        group.stream().anyMatch(Change::synced),
        () -> {
          List<Optional<JournalException>> told = new ArrayList<>(group.size());
          for (Change change : group) {
            told.add(change.write(rows));
          }
          return told;
        });
  }

  private <T> T transaction(boolean synced, Transaction<T> what) throws SQLException {
    if (synced != full) {
      control.execute("PRAGMA synchronous = " + (synced ? "FULL" : "NORMAL"));
      full = synced;
    }
    control.execute("BEGIN IMMEDIATE");
    boolean done = false;
    try {
      T result = what.run();
      control.execute("COMMIT");
      done = true;
      return result;
    } finally {
      if (!done) {
        rollBack();
        rows.close();
        rows = new Rows(writing, vault);
      }
    }
  }

  /** Some errors roll back by themselves, and then there is nothing to do. */
  private void rollBack() throws SQLException {
    try {
      control.execute("ROLLBACK");
    } catch (SQLException e) {
      if (!String.valueOf(e.getMessage()).contains("no transaction is active")) {
        throw e;
      }
    }
  }

  /**
   * Deletes some of what is too old or too many. How old a command is tells the newest one, or the
   * clock if that is earlier: a clock that jumps ahead deletes nothing before commands come under
   * it, and then no more than a step of them each time. A command whose reply was not delivered is
   * kept twice as long.
   *
   * @return whether there may be more that are too many; those too old wait for the next time
   */
  boolean prune(Instant now, Duration keptFor, int keptCommands) throws SQLException {
    return transaction(
        false,
        () -> {
          Instant reference = earlier(now, newest());
          control.executeUpdate(
              "DELETE FROM command WHERE seq IN (SELECT seq FROM command WHERE arrived < "
                  + reference.minus(keptFor).toEpochMilli()
                  + " AND ended IS NOT NULL AND (delivered = 1 OR arrived < "
                  + reference.minus(keptFor.multipliedBy(2)).toEpochMilli()
                  + ") ORDER BY arrived LIMIT "
                  + STEP
                  + ")");
          int many =
              control.executeUpdate(
                  "DELETE FROM command WHERE seq IN (SELECT seq FROM command WHERE seq <="
                      + " (SELECT max(seq) FROM command) - "
                      + keptCommands
                      + " AND ended IS NOT NULL AND delivered = 1 ORDER BY seq LIMIT "
                      + STEP
                      + ")");
          control.executeUpdate(
              "DELETE FROM event WHERE seq <= (SELECT max(seq) FROM event) - " + MOST_EVENTS);
          return many == STEP;
        });
  }

  /** When the newest command arrived, by the clock of then. */
  private Instant newest() throws SQLException {
    try (ResultSet row = control.executeQuery("SELECT max(arrived) FROM command")) {
      return Instant.ofEpochMilli(row.getLong(1));
    }
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /**
   * Lets go the oldest stored replies that were delivered.
   *
   * @return whether there were any
   */
  boolean makeRoom() throws SQLException {
    return transaction(
        false,
        () ->
            control.executeUpdate(
                    "UPDATE command SET reply = NULL WHERE seq IN (SELECT seq FROM command WHERE"
                        + " reply IS NOT NULL AND delivered = 1 ORDER BY seq LIMIT "
                        + STEP
                        + ")")
                > 0);
  }

  /** What can be read; one thread at a time. */
  Queries queries() {
    return queries;
  }

  @Override
  public void close() throws SQLException {
    try {
      reading.close();
    } finally {
      writing.close();
    }
  }
}
