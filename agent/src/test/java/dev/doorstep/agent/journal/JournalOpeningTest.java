package dev.doorstep.agent.journal;

import static dev.doorstep.agent.journal.Entries.end;
import static dev.doorstep.agent.journal.Entries.enter;
import static dev.doorstep.agent.journal.Entries.key;
import static dev.doorstep.agent.journal.Entries.physical;
import static dev.doorstep.agent.journal.Entries.safe;
import static dev.doorstep.agent.journal.Entries.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorstep.protocol.Effect;
import dev.doorstep.protocol.State;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a journal finds in its folder when it opens, and what it makes of it. */
class JournalOpeningTest {
  @TempDir Path data;
  private final SetClock clock = new SetClock();

  private Journal open() throws JournalException {
    return Journal.open(JournalSettings.in(data), clock);
  }

  private Path database() {
    return data.resolve("journal.db");
  }

  private void sql(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
        Statement statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    }
  }

  private int number(String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.getInt(1);
    }
  }

  @Test
  void aFolderThatIsNotThereIsMadeForTheOwnerAlone() throws Exception {
    Path below = data.resolve("a/b");
    Journal.open(JournalSettings.in(below), clock).close();

    for (String name : List.of("journal.db", "journal.key", "journal.lock")) {
      Path file = below.resolve(name);
      assertThat(file).exists();
      if (Files.getFileAttributeView(file, PosixFileAttributeView.class) != null) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
      }
    }
    assertThat(Files.size(below.resolve("journal.key"))).isEqualTo(32);
    assertThat(below.resolve("native")).isDirectory();
  }

  @Test
  void aFolderBelongsToOneJournal() throws Exception {
    try (Journal first = open()) {
      assertThatThrownBy(this::open)
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("another agent uses the data folder")
          .hasMessageContaining(data.toString())
          .hasMessageContaining("data: in doorstep.yaml");
      assertThat(enter(first, physical("a")).safe()).isTrue();
    }
    open().close();
  }

  private void versionOne() throws SQLException {
    sql(
        """
        CREATE TABLE command (seq INTEGER PRIMARY KEY, client TEXT NOT NULL, id TEXT NOT NULL,
          digest BLOB NOT NULL, device TEXT NOT NULL, operation TEXT NOT NULL,
          effect TEXT NOT NULL, arrived INTEGER NOT NULL, expires INTEGER NOT NULL,
          case_number TEXT, state TEXT NOT NULL, ended INTEGER,
          delivered INTEGER NOT NULL DEFAULT 0, topic TEXT, correlation BLOB, body BLOB,
          reply BLOB)
        """,
        "CREATE UNIQUE INDEX command_key ON command (client, id)",
        "CREATE INDEX command_arrived ON command (arrived)",
        "CREATE INDEX command_unfinished ON command (seq) WHERE ended IS NULL",
        "CREATE INDEX command_undelivered ON command (seq) WHERE ended IS NOT NULL AND delivered ="
            + " 0");
  }

  @Test
  void casesInTheClearAreSealedOrDropped() throws Exception {
    versionOne();
    String row =
        "INSERT INTO command (client, id, digest, device, operation, effect, arrived, expires,"
            + " case_number, topic, state, ended, delivered, reply) VALUES ('desk-7', '%s',"
            + " zeroblob(32), 'tickets', 'ticket.print', 'PHYSICAL', 1000, 2000, 'Wang %s', 't',"
            + " '%s', %s, %d, zeroblob(9000))";
    sql(
        row.formatted("unfinished", "unfinished", "RUNNING", "NULL", 0),
        row.formatted("undelivered", "undelivered", "SUCCEEDED", "1500", 0),
        row.formatted("delivered", "delivered", "SUCCEEDED", "1500", 1),
        row.formatted("deleted", "deleted", "SUCCEEDED", "1500", 1),
        "DELETE FROM command WHERE id = 'deleted'",
        "PRAGMA user_version = 1");

    try (Journal journal = open()) {
      assertUnreadable("Wang");
      assertThat(journal.unfinished().get(0).command().caseNumber()).contains("Wang unfinished");
      assertThat(journal.undelivered(9))
          .extracting(Undelivered::caseNumber)
          .containsExactly(Optional.of("Wang undelivered"));
      assertThat(journal.find(key("delivered")).orElseThrow().delivered()).isTrue();
    }
    assertUnreadable("Wang");
    assertThat(aside()).isEmpty();
  }

  @Test
  void aFullJournalIsBroughtUpToDateToo() throws Exception {
    versionOne();
    sql(
        """
        WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 1999)
        INSERT INTO command (client, id, digest, device, operation, effect, arrived, expires,
            case_number, state, ended, delivered)
          SELECT 'desk-7', 'c' || i, zeroblob(32), 'tickets', 'ticket.print', 'SAFE', 1000, 2000,
            'Wang', 'SUCCEEDED', 1500, 1 FROM n
        """,
        "PRAGMA user_version = 1");

    try (Journal journal = Journal.open(Entries.small(data, 128 << 10), clock)) {
      assertThat(journal.find(key("c1999"))).isPresent();
    }
  }

  @Test
  void versionOneIsBroughtUpToDateWithAllThatItHolds() throws Exception {
    versionOne();
    sql(
        """
        INSERT INTO command (client, id, digest, device, operation, effect, arrived, expires, state)
          VALUES ('desk-7', 'old', zeroblob(32), 'tickets', 'ticket.print', 'PHYSICAL', 1000, 2000,
            'RUNNING')
        """,
        "PRAGMA user_version = 1");

    try (Journal journal = open()) {
      Unfinished old = journal.unfinished().get(0);
      assertThat(old.acting()).isTrue();
      assertThat(old.command().key()).isEqualTo(key("old"));
      assertThat(end(journal, "old", State.UNKNOWN, Optional.of("{}")).safe()).isTrue();
      journal.event(new StoredEvent("e", "tickets", new byte[] {1}));
    }
    assertThat(number("PRAGMA user_version")).isEqualTo(Schema.VERSION);
    assertThat(number("SELECT count(*) FROM event")).isEqualTo(1);
  }

  @Test
  void theFormatOfANewerVersionIsLeftAlone() throws Exception {
    open().close();
    sql("PRAGMA user_version = 99");

    assertThatThrownBy(this::open)
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("newer version")
        .hasMessageContaining("99")
        .hasMessageContaining("run the newer version again");
    assertThat(number("PRAGMA user_version")).isEqualTo(99);
  }

  @Test
  void aFileThatIsNoDatabaseIsKeptAside() throws Exception {
    byte[] garbage = "this was a journal once ".repeat(400).getBytes(StandardCharsets.UTF_8);
    Files.write(database(), garbage);

    try (Journal journal = open()) {
      assertThat(enter(journal, physical("a")).safe()).isTrue();
    }

    assertThat(aside())
        .singleElement()
        .satisfies(file -> assertThat(file).hasBinaryContent(garbage));
    assertThat(aside().get(0).getFileName()).hasToString("journal.db.damaged-20260302-120000");
  }

  @Test
  void aSecondDamageInTheSameSecondIsKeptBesideTheFirst() throws Exception {
    for (int i = 0; i < 2; i++) {
      Files.writeString(database(), "garbage ".repeat(1000));
      open().close();
    }
    assertThat(aside()).hasSize(2);
  }

  @Test
  void damageWhileItIsOpenEndsInANewOne() throws Exception {
    try (Journal journal = open()) {
      for (int i = 0; i < 200; i++) {
        journal.enter(safe("c" + i), Entries.nobody());
      }
      enter(journal, physical("last"));
    }
    try (RandomAccessFile file = new RandomAccessFile(database().toFile(), "rw")) {
      for (long page = 4096; page < file.length(); page++) {
        file.seek(page);
        file.write(0x5a);
      }
    }

    try (Journal journal = open()) {
      assertThat(journal.find(key("c7"))).isEmpty();
      assertThat(journal.unfinished()).isEmpty();
      assertThat(enter(journal, physical("new")).safe()).isTrue();
      assertThat(journal.unfinished()).hasSize(1);
    }
    assertThat(aside()).hasSize(1);
  }

  private List<Path> aside() throws Exception {
    try (Stream<Path> files = Files.list(data)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("journal.db.damaged-"))
          .filter(file -> !file.toString().endsWith("-wal") && !file.toString().endsWith("-shm"))
          .sorted()
          .toList();
    }
  }

  @Test
  void withAnotherKeyWhatWasEncryptedIsGoneAndTheRestIsKnown() throws Exception {
    try (Journal journal = open()) {
      enter(journal, physical("waits"));
      enter(journal, physical("done"));
      end(journal, "done", State.SUCCEEDED, Optional.of("printed"));
      journal.event(new StoredEvent("e", "tickets", new byte[] {1}));
    }
    byte[] key = Files.readAllBytes(data.resolve("journal.key"));
    Files.delete(data.resolve("journal.key"));

    try (Journal journal = open()) {
      assertThat(journal.unfinished().get(0).command().body()).isEmpty();
      assertThat(journal.find(key("done")).orElseThrow().end()).contains(State.SUCCEEDED);
      assertThat(journal.find(key("done")).orElseThrow().reply()).isEmpty();
      assertThat(journal.undelivered(1).get(0).reply()).isEmpty();
      assertThat(journal.undelivered(1).get(0).caseNumber()).isEmpty();
      assertThat(journal.events()).isEmpty();
    }
    Files.write(data.resolve("journal.key"), key);
    try (Journal journal = open()) {
      assertThat(text(journal.find(key("done")).orElseThrow().reply().orElseThrow()))
          .isEqualTo("printed");
    }
  }

  @Test
  void aKeyFileMayBeElsewhereAndIsNeverOverwritten() throws Exception {
    Path elsewhere = data.resolve("point.key");
    byte[] key = new byte[32];
    key[0] = 7;
    Files.write(elsewhere, key);

    Journal.open(JournalSettings.in(data).withKeyFile(elsewhere), clock).close();

    assertThat(elsewhere).hasBinaryContent(key);
    assertThat(data.resolve("journal.key")).doesNotExist();
  }

  @Test
  void aKeyOfTheWrongLengthStopsTheStart() throws Exception {
    Path file = Files.write(data.resolve("journal.key"), new byte[31]);

    assertThatThrownBy(this::open)
        .isInstanceOf(JournalException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("31 bytes")
        .hasMessageContaining("put the right file back");
    assertThat(file).hasSize(31);
  }

  @Test
  void aKeyThatCannotBeReadStopsTheStart() throws Exception {
    Files.createDirectory(data.resolve("journal.key"));

    assertThatThrownBy(this::open)
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("cannot be read")
        .hasMessageContaining("permissions");
  }

  @Test
  void whatAPersonCouldBeKnownByIsNotReadableInAnyFile() throws Exception {
    String name = "王小明";
    try (Journal journal = open()) {
      enter(journal, physical("waits", "{\"lines\":[\"" + name + "\"]}"));
      enter(journal, physical("done", name));
      end(journal, "done", State.SUCCEEDED, Optional.of(name));
      journal.event(new StoredEvent("e", "tickets", name.getBytes(StandardCharsets.UTF_8)));
      journal.readdress(key("waits"), Entries.address(name));
      enter(journal, inTheCaseOf(name, Entries.taken("read", Effect.SAFE, Entries.NOON, name)));
      enter(journal, inTheCaseOf(name, physical("case")));
      end(journal, "read", State.SUCCEEDED, Optional.empty());

      assertThat(text(journal.unfinished().get(0).command().body().orElseThrow())).contains(name);
      assertThat(journal.events()).hasSize(1);
      assertThat(journal.unfinished().get(1).command().caseNumber()).contains(name);
      assertThat(journal.undelivered(9).get(1).caseNumber()).contains(name);
      assertUnreadable(name);
    }
    assertUnreadable(name);
  }

  private static Taken inTheCaseOf(String name, Taken of) {
    return new Taken(
        of.key(),
        of.digest(),
        of.device(),
        of.operation(),
        of.effect(),
        of.arrived(),
        of.expires(),
        of.body(),
        of.address(),
        Optional.of(name));
  }

  private void assertUnreadable(String name) throws Exception {
    try (Stream<Path> files = Files.list(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(
                new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
      }
    }
  }
}
