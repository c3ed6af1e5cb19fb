package dev.doorstep.agent.journal;

import dev.doorstep.protocol.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The store that is open now. Opens it again after an error that may have left it in an unknown
 * state, and begins a new one, keeping the old aside, where it is damaged.
 *
 * <p>Reads come from any thread, writes from the journal's. Readers wait for each other, and for a
 * writer only while the store is exchanged.
 */
final class OpenStore implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OpenStore.class);

  private final JournalSettings settings;
  private final Vault vault;
  private final Clock clock;
  private final Object readLock = new Object(); // taken after the writeLock where both are
  private final Object writeLock = new Object();
  private @Nullable Store store; // written under both locks, read under either
  private boolean closed;

  private OpenStore(JournalSettings settings, Vault vault, Clock clock) {
    this.settings = settings;
    this.vault = vault;
    this.clock = clock;
  }

  /** Opens it. */
  static OpenStore open(JournalSettings settings, Vault vault, Clock clock)
      throws JournalException {
    OpenStore open = new OpenStore(settings, vault, clock);
    synchronized (open.writeLock) {
      open.exchange(false);
    }
    return open;
  }

  /** Something that is read. */
  interface Reading<T> {
    T from(Queries queries) throws SQLException;
  }

  /** Reads; after an error once more, from a store that was opened anew. */
  <T> T read(Reading<T> what) throws JournalException {
    Store seen = current();
    boolean damaged;
    try {
      return readOnce(what, seen);
    } catch (SQLException e) {
      damaged = damaged(e);
    }
    try {
      return readOnce(what, inPlaceOf(seen, damaged));
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private Store current() throws JournalException {
    synchronized (readLock) {
      if (store != null) {
        return store;
      }
    }
    synchronized (writeLock) {
      Store open = store;
      return open == null ? exchange(false) : open;
    }
  }

  /** Another reader may have met the same trouble first. */
  private Store inPlaceOf(Store troubled, boolean damaged) throws JournalException {
    synchronized (writeLock) {
      return store == troubled ? exchange(damaged) : current();
    }
  }

  private <T> T readOnce(Reading<T> what, Store from) throws SQLException, JournalException {
    synchronized (readLock) {
      Store open = store == from ? from : store; // one that was exchanged meanwhile is closed
      if (open == null) {
        throw failed(new IOException("closed after a failure"));
      }
      return what.from(open.queries());
    }
  }

  /** Something that is written. */
  interface Writing<T> {
    T to(Store store) throws SQLException;
  }

  /**
   * Writes.
   *
   * @throws JournalException if nothing of it was written
   */
  <T> T write(Writing<T> what) throws JournalException {
    synchronized (writeLock) {
      Store open = store;
      if (open == null) {
        open = exchange(false);
      }
      try {
        return what.to(open);
      } catch (SQLException e) {
        return again(what, open, e);
      }
    }
  }

  private <T> T again(Writing<T> what, Store open, SQLException first) throws JournalException {
    try {
      if (code(first) == SQLiteErrorCode.SQLITE_FULL.code) {
        if (open.makeRoom()) {
          return what.to(open);
        }
      } else if (damaged(first)) {
        exchange(true);
      } else {
        exchange(false); // after an I/O error nobody knows what the connection holds
      }
    } catch (SQLException e) {
      first.addSuppressed(e);
    }
    throw failed(first);
  }

  /** Closes what is open, moves a damaged file away, and opens. Under the write lock. */
  private Store exchange(boolean damaged) throws JournalException {
    synchronized (readLock) {
      if (closed) {
        throw new JournalException(ErrorCode.STOPPING, "the journal is closed");
      }
      closeStore();
      try {
        if (damaged) {
          moveAside();
        }
        Store opened = open();
        store = opened;
        return opened;
      } catch (SQLException e) {
        throw failed(e);
      } catch (IOException e) {
        throw failed(e);
      }
    }
  }

  private Store open() throws SQLException, JournalException, IOException {
    try {
      return Store.open(settings, vault);
    } catch (SQLException e) {
      if (!damaged(e)) {
        throw e;
      }
      moveAside();
      return Store.open(settings, vault);
    }
  }

  private void moveAside() throws IOException {
    Path file = settings.database();
    String time =
        DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")
            .withZone(ZoneOffset.UTC)
            .format(clock.instant());
    Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + time);
    for (int n = 2; Files.exists(aside); n++) {
      aside = file.resolveSibling(file.getFileName() + ".damaged-" + time + "-" + n);
    }
    Files.move(file, aside);
    for (String part : List.of("-wal", "-shm")) {
      Path beside = file.resolveSibling(file.getFileName() + part);
      if (Files.exists(beside)) {
        Files.move(beside, aside.resolveSibling(aside.getFileName() + part));
      }
    }
    log.error(
        "the journal was damaged: it is kept as {}, and a new one is begun; commands that came"
            + " before are no longer recognised, and what waited for the broker is lost; see to the"
            + " disk",
        aside);
  }

  /** Prunes by the clock and the settings; tells whether to go on at once. */
  boolean prune() throws JournalException {
    Instant now = clock.instant();
    return write(open -> open.prune(now, settings.keptFor(), settings.keptCommands()));
  }

  /** What cannot be closed is left to the end of the process. */
  @Override
  public void close() {
    synchronized (writeLock) {
      synchronized (readLock) {
        closed = true;
        closeStore();
      }
    }
  }

  private void closeStore() {
    Store open = store;
    store = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        log.warn("the journal could not be closed: {}", e.getMessage());
      }
    }
  }

  private JournalException failed(Exception e) {
    return new JournalException(
        ErrorCode.STORAGE_FULL,
        settings.database()
            + " cannot be read or written: make space on the disk, or see to the folder's permissions ("
            + e.getMessage()
            + ")",
        e);
  }

  private static boolean damaged(SQLException e) {
    return Set.of(SQLiteErrorCode.SQLITE_CORRUPT.code, SQLiteErrorCode.SQLITE_NOTADB.code)
        .contains(code(e));
  }

  /** The primary code: the extended ones only say which file and call. */
  private static int code(SQLException e) {
    return e instanceof SQLiteException told ? told.getResultCode().code & 0xff : e.getErrorCode();
  }
}
