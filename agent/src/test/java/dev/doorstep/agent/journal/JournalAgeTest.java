package dev.doorstep.agent.journal;

import static dev.doorstep.agent.journal.Entries.NOON;
import static dev.doorstep.agent.journal.Entries.end;
import static dev.doorstep.agent.journal.Entries.enter;
import static dev.doorstep.agent.journal.Entries.key;
import static dev.doorstep.agent.journal.Entries.nobody;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.protocol.Effect;
import dev.doorstep.protocol.State;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is pruned for its age, also by a clock that is wrong. */
class JournalAgeTest {
  private static final Duration KEPT = Duration.ofDays(30);
  private static final Duration MOMENT = Duration.ofMillis(1);
  private static final int STEP = 500;
  @TempDir Path data;
  private final SetClock clock = new SetClock();
  private JournalSettings settings;
  private Journal journal;

  @BeforeEach
  void open() throws Exception {
    settings = JournalSettings.in(data);
    journal = Journal.open(settings, clock);
  }

  @AfterEach
  void close() {
    journal.close();
  }

  /** Which of some commands are left when it is then, and was pruned that many times. */
  private List<String> left(Instant then, int times, String... ids) throws Exception {
    journal.close();
    clock.set(then);
    List<String> left = new ArrayList<>();
    try (OpenStore store = OpenStore.open(settings, Vault.open(settings.keyFile()), clock)) {
      for (int i = 0; i < times; i++) {
        assertThat(store.prune()).as("goes on at once").isFalse();
      }
      for (String id : ids) {
        if (store.read(disk -> disk.find(key(id))).isPresent()) {
          left.add(id);
        }
      }
    }
    return left;
  }

  private void ended(String id, Instant arrived, boolean delivered) throws Exception {
    journal.enter(Entries.taken(id, Effect.SAFE, arrived, "{}"), nobody());
    if (delivered) {
      journal.ended(key(id), State.SUCCEEDED, Optional.empty(), nobody());
      journal.delivered(key(id));
    } else {
      end(journal, id, State.SUCCEEDED, Optional.empty());
    }
  }

  @Test
  void whatIsOlderThanThirtyDaysGoesUnlessItIsUnfinishedOrUndelivered() throws Exception {
    Instant then = NOON.plus(KEPT).plus(MOMENT);
    enter(journal, Entries.physical("unfinished"));
    ended("delivered", NOON, true);
    ended("newer", NOON.plus(MOMENT), true);
    ended("undelivered", NOON, false);
    ended("now", then, false);

    assertThat(left(then, 1, "unfinished", "delivered", "newer", "undelivered", "now"))
        .containsExactly("unfinished", "newer", "undelivered", "now");
  }

  @Test
  void whatNobodyFetchedGoesAfterTwiceTheTime() throws Exception {
    Instant then = NOON.plus(KEPT).plus(KEPT).plus(MOMENT);
    ended("undelivered", NOON, false);
    ended("newer", NOON.plus(MOMENT), false);
    ended("now", then, false);

    assertThat(left(then, 1, "undelivered", "newer", "now")).containsExactly("newer", "now");
  }

  @Test
  void aClockThatJumpsAheadDeletesNothingByItself() throws Exception {
    ended("delivered", NOON, true);
    ended("undelivered", NOON, false);

    assertThat(left(NOON.plus(Duration.ofDays(4000)), 3, "delivered", "undelivered"))
        .containsExactly("delivered", "undelivered");
  }

  @Test
  void aCommandUnderAClockThatJumpedAheadDeletesAStepAndNothingUndelivered() throws Exception {
    Instant then = NOON.plus(Duration.ofDays(31));
    for (int i = 0; i < 2 * STEP; i++) {
      ended("c" + i, NOON, true);
    }
    ended("undelivered", NOON, false);
    ended("now", then, false);

    assertThat(left(then, 1, "c0", "c" + (STEP - 1), "c" + STEP, "undelivered", "now"))
        .containsExactly("c" + STEP, "undelivered", "now");
  }

  @Test
  void aTimeAheadOfTheClockMakesNothingOld() throws Exception {
    ended("delivered", NOON, true);
    ended("ahead", NOON.plus(Duration.ofDays(4000)), false);

    assertThat(left(NOON.plusSeconds(1), 3, "delivered", "ahead"))
        .containsExactly("delivered", "ahead");
  }

  @Test
  void anEmptyJournalHasNothingToPrune() throws Exception {
    assertThat(left(NOON, 1, "a")).isEmpty();
  }
}
