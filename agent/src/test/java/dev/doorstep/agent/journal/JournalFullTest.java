package dev.doorstep.agent.journal;

import static dev.doorstep.agent.journal.Entries.NOON;
import static dev.doorstep.agent.journal.Entries.bytes;
import static dev.doorstep.agent.journal.Entries.end;
import static dev.doorstep.agent.journal.Entries.enter;
import static dev.doorstep.agent.journal.Entries.key;
import static dev.doorstep.agent.journal.Entries.nobody;
import static dev.doorstep.agent.journal.Entries.physical;
import static dev.doorstep.agent.journal.Entries.safe;
import static dev.doorstep.agent.journal.Entries.settle;
import static dev.doorstep.agent.journal.Entries.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits: of the file, of what is kept, of what waits. */
class JournalFullTest {
  private static final String LONG = "x".repeat(20_000);
  @TempDir Path data;
  private final SetClock clock = new SetClock();

  @Test
  void aFullJournalRefusesCommandsAndGoesOnWhenThereIsSpace() throws Exception {
    try (Journal journal = Journal.open(Entries.small(data, 512 << 10), clock)) {
      List<String> entered = fill(journal);
      assertThat(entered.size()).isBetween(10, 30);
      assertThat(journal.find(key("p" + entered.size()))).as("a refused one").isEmpty();
      assertThatThrownBy(() -> journal.acting(key("p" + entered.size())))
          .isInstanceOf(JournalException.class);

      for (String id : entered) {
        assertThat(end(journal, id, State.FAILED, Optional.of("{}")).safe()).as(id).isTrue();
      }

      assertThat(enter(journal, physical("p" + entered.size(), LONG)).safe()).isTrue();
      assertThat(journal.unfinished()).hasSize(1);
      assertThat(journal.undelivered(100)).hasSize(entered.size());
    }
  }

  /** Enters until it is full. */
  private static List<String> fill(Journal journal) throws Exception {
    List<String> entered = new ArrayList<>();
    Written last = enter(journal, physical("p0", LONG));
    while (last.safe()) {
      entered.add("p" + entered.size());
      last = enter(journal, physical("p" + entered.size(), LONG));
    }
    JournalException full = last.failure().orElseThrow();
    assertThat(full.code()).isEqualTo(ErrorCode.STORAGE_FULL);
    assertThat(full).hasMessageContaining("journal.db").hasMessageContaining("make space");
    return entered;
  }

  @Test
  void anEndThatFindsNoSpaceIsKnownAndWrittenLater() throws Exception {
    JournalSettings settings = Entries.small(data, 512 << 10);
    try (Journal journal = Journal.open(settings, clock)) {
      List<String> entered = fill(journal);
      String large = "y".repeat(200_000);

      Written told = end(journal, entered.get(0), State.SUCCEEDED, Optional.of(large));

      assertThat(told.failure().orElseThrow().code()).isEqualTo(ErrorCode.STORAGE_FULL);
      Known known = journal.find(key(entered.get(0))).orElseThrow();
      assertThat(known.end()).contains(State.SUCCEEDED);
      assertThat(text(known.reply().orElseThrow())).isEqualTo(large);
      assertThat(journal.undelivered(1)).as("not on disk").isEmpty();

      for (String id : entered.subList(1, entered.size())) {
        assertThat(end(journal, id, State.FAILED, Optional.empty()).safe()).isTrue();
      }
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> journal.undelivered(1).get(0).key().equals(key(entered.get(0))));
      assertThat(journal.undelivered(1).get(0).reply().orElseThrow()).hasSize(large.length());
    }
  }

  @Test
  void theOldestDeliveredRepliesMakeRoomAndTheirCommandsStayKnown() throws Exception {
    try (Journal journal = Journal.open(Entries.small(data, 512 << 10), clock)) {
      for (int i = 0; i < 100; i++) {
        assertThat(enter(journal, physical("p" + i)).safe()).isTrue();
        assertThat(end(journal, "p" + i, State.SUCCEEDED, Optional.of(LONG)).safe()).isTrue();
        journal.delivered(key("p" + i));
      }

      Known oldest = journal.find(key("p0")).orElseThrow();
      assertThat(oldest.end()).contains(State.SUCCEEDED);
      assertThat(oldest.reply()).isEmpty();
      assertThat(journal.find(key("p99")).orElseThrow().reply()).isPresent();
    }
  }

  @Test
  void tooManyCommandsArePrunedButNeitherUnfinishedNorUndeliveredOnes() throws Exception {
    try (Journal journal = Journal.open(Entries.limited(data, 64 << 20, 1000), clock)) {
      enter(journal, physical("unfinished"));
      enter(journal, physical("undelivered"));
      end(journal, "undelivered", State.SUCCEEDED, Optional.of("{}"));
      for (int i = 0; i < 4000; i++) {
        journal.enter(safe("c" + i), nobody());
        journal.ended(key("c" + i), State.SUCCEEDED, Optional.empty(), nobody());
        journal.delivered(key("c" + i));
        if (i % 500 == 0) {
          settle(journal, "marker" + i);
        }
      }
      settle(journal, "last");

      await().atMost(Duration.ofSeconds(30)).until(() -> journal.find(key("c2000")).isEmpty());
      assertThat(journal.find(key("c0"))).isEmpty();
      assertThat(journal.find(key("c3999"))).isPresent();
      assertThat(journal.find(key("unfinished"))).isPresent();
      assertThat(journal.find(key("undelivered"))).isPresent();
    }
  }

  @Test
  void asMuchWaitsAsIsSaid() {
    Pending pending = new Pending();
    for (int i = 0; i < Pending.MOST; i++) {
      assertThat(pending.isFull()).isFalse();
      String id = "c" + i;
      pending.command(key(id), change -> change.enter(safe(id), nobody()));
    }
    assertThat(pending.isFull()).isTrue();
  }

  @Test
  void asManyBytesWaitAsIsSaid() {
    Pending pending = new Pending();
    byte[] large = bytes("z".repeat(1 << 20));
    for (int i = 0; i < Pending.LARGEST >> 20; i++) {
      assertThat(pending.isFull()).isFalse();
      Rows.End end = new Rows.End(State.SUCCEEDED, NOON, Optional.of(large));
      pending.command(key("c" + i), change -> change.end(end, true, nobody()));
    }
    assertThat(pending.isFull()).isTrue();
  }

  @Test
  void whatBecomesOfOneCommandIsOneChange() throws Exception {
    Pending pending = new Pending();
    Rows.End end = new Rows.End(State.SUCCEEDED, NOON, Optional.empty());
    pending.command(key("a"), change -> change.enter(safe("a"), nobody()));
    pending.command(key("a"), change -> change.end(end, false, nobody()));
    pending.command(key("a"), CommandChange::deliver);
    pending.close();

    List<Change> group = pending.take(0).orElseThrow();

    assertThat(group).hasSize(1);
    assertThat(group.get(0).synced()).isFalse();
    pending.written(Set.of());
    assertThat(pending.take(0)).isEmpty();
  }
}
