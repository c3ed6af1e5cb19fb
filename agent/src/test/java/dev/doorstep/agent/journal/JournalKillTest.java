package dev.doorstep.agent.journal;

import static dev.doorstep.agent.journal.Entries.key;
import static dev.doorstep.agent.journal.Entries.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.doorstep.protocol.State;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that dies in the middle of its writing: what it was told is there afterwards. */
class JournalKillTest {
  private static final int ROUNDS = 4;
  private static final long SEED = 20260302;

  @TempDir Path data;

  @Test
  void whatWasToldAsWrittenSurvivesSigkill() throws Exception {
    Random random = new Random(SEED);
    List<String> said = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      said.addAll(killed(round * 1_000_000, 500 + random.nextInt(3000)));

      assertThat(integrity()).isEqualTo("ok");
      assertThat(said).noneMatch(line -> line.startsWith("failed"));
      try (Journal journal = Journal.open(JournalSettings.in(data), new SetClock())) {
        for (String line : said) {
          check(journal, line);
        }
      }
    }
  }

  private static void check(Journal journal, String line) throws JournalException {
    String id = line.substring(line.indexOf(' ') + 1);
    Known known =
        journal.find(key(id)).orElseThrow(() -> new AssertionError(line + " is not there"));
    boolean physical = Integer.parseInt(id.substring(1)) % 8 == 0;
    if (line.startsWith("acting")) {
      assertThat(known.acting() || known.end().isPresent()).as(line).isTrue();
    } else if (line.startsWith("ended")) {
      assertThat(known.end()).as(line).contains(State.SUCCEEDED);
      assertThat(known.reply().isPresent()).as(line).isEqualTo(physical);
      known.reply().ifPresent(reply -> assertThat(text(reply)).isEqualTo(id));
    }
  }

  /** Runs until so many lines were said, and kills without a word. */
  private List<String> killed(int first, int lines) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                JournalVictim.class.getName(),
                data.toString(),
                Integer.toString(first))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> said = new ArrayList<>();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = out.readLine();
      while (line != null && said.size() < lines) {
        said.add(line);
        line = out.readLine();
      }
      assertNativeLibraryIsWhereTheOwnerWants();
    } finally {
      process.destroyForcibly();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(said).hasSize(lines);
    return said;
  }

  private void assertNativeLibraryIsWhereTheOwnerWants() throws Exception {
    try (Stream<Path> files = Files.list(data.resolve("native"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .singleElement(STRING)
          .startsWith("unpacked-")
          .contains("sqlitejdbc");
    }
  }

  private String integrity() throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("journal.db"));
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA integrity_check")) {
      return row.getString(1);
    }
  }
}
