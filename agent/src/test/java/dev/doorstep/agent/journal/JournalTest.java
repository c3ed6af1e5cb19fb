package dev.doorstep.agent.journal;

import static dev.doorstep.agent.journal.Entries.DIGEST;
import static dev.doorstep.agent.journal.Entries.NOON;
import static dev.doorstep.agent.journal.Entries.address;
import static dev.doorstep.agent.journal.Entries.bytes;
import static dev.doorstep.agent.journal.Entries.end;
import static dev.doorstep.agent.journal.Entries.enter;
import static dev.doorstep.agent.journal.Entries.key;
import static dev.doorstep.agent.journal.Entries.nobody;
import static dev.doorstep.agent.journal.Entries.physical;
import static dev.doorstep.agent.journal.Entries.safe;
import static dev.doorstep.agent.journal.Entries.settle;
import static dev.doorstep.agent.journal.Entries.text;
import static dev.doorstep.agent.journal.Entries.unanswerable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorstep.protocol.Effect;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of commands and events in the journal, and what is left of it after a restart. */
class JournalTest {
  @TempDir Path data;
  private final SetClock clock = new SetClock();
  private Journal journal;

  @BeforeEach
  void open() throws Exception {
    journal = Journal.open(JournalSettings.in(data), clock);
  }

  @AfterEach
  void close() {
    journal.close();
  }

  private void restart() throws Exception {
    journal.close();
    open();
  }

  @Test
  void aCommandIsKnownFromItsEntryOn() throws Exception {
    assertThat(journal.find(key("a"))).isEmpty();

    journal.enter(safe("a"), nobody());

    Known known = journal.find(key("a")).orElseThrow();
    assertThat(known.digest()).isEqualTo(DIGEST);
    assertThat(known.end()).isEmpty();
    assertThat(known.acting()).isFalse();
    assertThat(journal.find(new CommandKey("desk-8", "a"))).isEmpty();
  }

  @Test
  void aRestartChangesNothingOfWhatIsKnown() throws Exception {
    enter(journal, physical("waits"));
    enter(journal, physical("acts"));
    journal.acting(key("acts"));
    enter(journal, physical("done"));
    journal.acting(key("done"));
    end(journal, "done", State.SUCCEEDED, Optional.of("printed"));
    enter(journal, safe("read"));
    end(journal, "read", State.SUCCEEDED, Optional.empty());
    List<Optional<Known>> before = all("waits", "acts", "done", "read");

    restart();

    assertThat(all("waits", "acts", "done", "read")).usingRecursiveComparison().isEqualTo(before);
    Known done = journal.find(key("done")).orElseThrow();
    assertThat(done.end()).contains(State.SUCCEEDED);
    assertThat(text(done.reply().orElseThrow())).isEqualTo("printed");
    assertThat(done.delivered()).isFalse();
    assertThat(journal.find(key("acts")).orElseThrow().acting()).isTrue();
    assertThat(journal.find(key("read")).orElseThrow().reply()).isEmpty();
  }

  private List<Optional<Known>> all(String... ids) throws Exception {
    List<Optional<Known>> known = new ArrayList<>();
    for (String id : ids) {
      known.add(journal.find(key(id)));
    }
    return known;
  }

  @Test
  void whatHasNotEndedIsFoundInOrderWithAllThatIsNeededToGoOn() throws Exception {
    enter(journal, physical("b"));
    enter(journal, safe("a"));
    enter(journal, physical("c"));
    journal.acting(key("c"));
    enter(journal, physical("ended"));
    end(journal, "ended", State.FAILED, Optional.of("{}"));

    restart();

    List<Unfinished> unfinished = journal.unfinished();
    assertThat(unfinished)
        .extracting(one -> one.command().key().id())
        .containsExactly("b", "a", "c");
    assertThat(unfinished).extracting(Unfinished::acting).containsExactly(false, false, true);
    assertThat(unfinished.get(0).command()).usingRecursiveComparison().isEqualTo(physical("b"));
    assertThat(unfinished.get(1).command().body()).as("a SAFE command's body").isEmpty();
    assertThat(unfinished).extracting(Unfinished::fromTheFuture).containsOnly(false);
  }

  @Test
  void aClockThatWasSetBackIsTold() throws Exception {
    enter(journal, physical("a"));
    clock.set(NOON.minusMillis(1));

    assertThat(journal.unfinished()).extracting(Unfinished::fromTheFuture).containsExactly(true);
  }

  @Test
  void aClockThatWasSetBackIsToldAlsoOfWhatCameBefore() throws Exception {
    enter(journal, physical("a"));
    enter(journal, Entries.taken("b", Effect.SAFE, NOON.plusSeconds(5), "{}"));
    clock.set(NOON.plusSeconds(10));
    end(journal, "b", State.SUCCEEDED, Optional.empty());
    assertThat(journal.unfinished()).extracting(Unfinished::fromTheFuture).containsExactly(false);

    clock.set(NOON.plusSeconds(9)); // after both arrivals, before the end
    restart();

    assertThat(journal.unfinished()).extracting(Unfinished::fromTheFuture).containsExactly(true);
    enter(journal, Entries.taken("c", Effect.SAFE, NOON.plusSeconds(20), "{}"));
    clock.set(NOON.plusSeconds(15)); // before an arrival
    assertThat(journal.unfinished())
        .extracting(Unfinished::fromTheFuture)
        .containsExactly(true, true);
    clock.set(NOON.plusSeconds(20));
    assertThat(journal.unfinished())
        .extracting(Unfinished::fromTheFuture)
        .containsExactly(false, false);
  }

  @Test
  void whatTheBrokerDoesNotHaveIsFoundInOrder() throws Exception {
    for (String id : List.of("b", "a", "c", "delivered")) {
      enter(journal, physical(id));
      end(journal, id, State.SUCCEEDED, Optional.of("printed " + id));
    }
    enter(journal, safe("read"));
    end(journal, "read", State.SUCCEEDED, Optional.empty());
    enter(journal, unanswerable(physical("local")));
    end(journal, "local", State.SUCCEEDED, Optional.of("printed"));
    journal.delivered(key("delivered"));

    restart();

    List<Undelivered> undelivered = journal.undelivered(100);
    assertThat(undelivered)
        .extracting(one -> one.key().id())
        .containsExactly("b", "a", "c", "read");
    assertThat(text(undelivered.get(0).reply().orElseThrow())).isEqualTo("printed b");
    assertThat(undelivered.get(0).address())
        .usingRecursiveComparison()
        .isEqualTo(address("first-b"));
    assertThat(undelivered.get(3).reply()).isEmpty();
    assertThat(journal.undelivered(2)).extracting(one -> one.key().id()).containsExactly("b", "a");
    assertThat(journal.find(key("delivered")).orElseThrow().reply()).isPresent();
  }

  @Test
  void theReplyGoesToTheNewestAddress() throws Exception {
    enter(journal, physical("a"));
    journal.readdress(key("a"), address("second"));
    end(journal, "a", State.SUCCEEDED, Optional.of("printed"));

    assertThat(journal.undelivered(1).get(0).address())
        .usingRecursiveComparison()
        .isEqualTo(address("second"));
  }

  @Test
  void aCommandThatComesAndGoesBetweenTwoGroupsIsAsKnownAsAnother() throws Exception {
    CompletableFuture<Written> entered = new CompletableFuture<>();
    CompletableFuture<Written> ended = new CompletableFuture<>();
    journal.enter(safe("a"), entered::complete);
    journal.ended(key("a"), State.SUCCEEDED, Optional.empty(), ended::complete);
    journal.delivered(key("a"));
    Known inMemory = journal.find(key("a")).orElseThrow();

    assertThat(entered.get(30, TimeUnit.SECONDS).safe()).isTrue();
    assertThat(ended.get(30, TimeUnit.SECONDS).safe()).isTrue();
    restart();

    assertThat(journal.find(key("a"))).contains(inMemory);
    assertThat(inMemory.end()).contains(State.SUCCEEDED);
    assertThat(inMemory.delivered()).isTrue();
    assertThat(journal.undelivered(1)).isEmpty();
  }

  @Test
  void aKeyIsEnteredOnce() throws Exception {
    enter(journal, physical("a"));

    Written again = enter(journal, physical("a", "something else"));

    assertThat(again.failure().orElseThrow().code()).isEqualTo(ErrorCode.INTERNAL);
    assertThat(text(journal.unfinished().get(0).command().body().orElseThrow()))
        .isEqualTo("print a");
  }

  @Test
  void whatWasNeverEnteredCannotActOrEnd() throws Exception {
    assertThatThrownBy(() -> journal.acting(key("a"))).isInstanceOf(JournalException.class);
    Written ended = end(journal, "a", State.SUCCEEDED, Optional.empty());

    assertThat(ended.failure().orElseThrow().code()).isEqualTo(ErrorCode.INTERNAL);
    assertThat(journal.find(key("a"))).isEmpty();
  }

  @Test
  void onlyAFinalStateIsAnEnd() {
    assertThatThrownBy(() -> journal.ended(key("a"), State.RUNNING, Optional.empty(), nobody()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void eventsWaitInOrderUntilTheBrokerHasThem() throws Exception {
    for (String id : List.of("e2", "e1", "e3", "had")) {
      journal.event(new StoredEvent(id, "tickets", bytes("paper low " + id)));
    }
    settle(journal, "before");
    journal.eventDelivered("had");
    journal.event(new StoredEvent("brief", "tickets", bytes("here and gone")));
    journal.eventDelivered("brief");

    restart();

    List<StoredEvent> events = journal.events();
    assertThat(events).extracting(StoredEvent::id).containsExactly("e2", "e1", "e3");
    assertThat(text(events.get(0).body())).isEqualTo("paper low e2");
  }

  @Test
  void aCallbackThatThrowsStopsNothing() throws Exception {
    journal.enter(
        physical("a"),
        written -> {
          throw new IllegalStateException("a defect of the caller");
        });

    assertThat(enter(journal, physical("b")).safe()).isTrue();
    assertThat(journal.unfinished()).hasSize(2);
  }

  @Test
  void aCallbackCannotWaitForItsOwnThread() throws Exception {
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    journal.enter(
        physical("a"),
        written -> {
          try {
            journal.acting(key("a"));
          } catch (JournalException | RuntimeException e) {
            thrown.complete(e);
          }
        });

    assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void closingWritesWhatWaitsAndTakesNoMore() throws Exception {
    CompletableFuture<Written> entered = new CompletableFuture<>();
    journal.enter(safe("a"), entered::complete);

    journal.close();

    assertThat(entered).isCompleted();
    assertThatThrownBy(() -> journal.enter(safe("b"), nobody()))
        .isInstanceOfSatisfying(
            JournalException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STOPPING));
    assertThatThrownBy(() -> journal.acting(key("a"))).isInstanceOf(JournalException.class);
    assertThatThrownBy(() -> journal.find(key("a"))).isInstanceOf(JournalException.class);
    assertThat(end(journal, "a", State.FAILED, Optional.empty()).safe()).isFalse();
    open();
    assertThat(journal.unfinished()).hasSize(1);
  }

  @Test
  void manyThreadsAtOnceLoseNothing() throws Exception {
    int threads = 8;
    int each = 200;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Boolean>> done = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        String client = "t" + t + "-";
        done.add(pool.submit(() -> lives(client, each)));
      }
      for (Future<Boolean> one : done) {
        assertThat(one.get(50, TimeUnit.SECONDS)).isTrue();
      }
    } finally {
      pool.shutdownNow();
    }

    restart();

    assertThat(journal.unfinished()).isEmpty();
    assertThat(journal.undelivered(10_000)).hasSize(threads * each / 2);
  }

  /** Every second command is delivered, every tenth moves paper; each is found as it should be. */
  private boolean lives(String prefix, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      String id = prefix + i;
      if (i % 10 == 0) {
        enter(journal, physical(id));
        journal.acting(key(id));
      } else {
        journal.enter(safe(id), nobody());
      }
      assertThat(journal.find(key(id)).orElseThrow().end()).isEmpty();
      journal.ended(key(id), State.SUCCEEDED, Optional.of(bytes(id)), nobody());
      assertThat(journal.find(key(id)).orElseThrow().end()).contains(State.SUCCEEDED);
      if (i % 2 == 0) {
        journal.delivered(key(id));
        assertThat(journal.find(key(id)).orElseThrow().delivered()).isTrue();
      }
    }
    return true;
  }
}
