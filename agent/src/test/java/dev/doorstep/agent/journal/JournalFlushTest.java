package dev.doorstep.agent.journal;

import static dev.doorstep.agent.journal.Entries.end;
import static dev.doorstep.agent.journal.Entries.enter;
import static dev.doorstep.agent.journal.Entries.key;
import static dev.doorstep.agent.journal.Entries.nobody;
import static dev.doorstep.agent.journal.Entries.physical;
import static dev.doorstep.agent.journal.Entries.safe;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.protocol.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Waiting for the journal's thread. */
class JournalFlushTest {
  private static final Duration LONG = Duration.ofSeconds(50);
  @TempDir Path data;
  private Journal journal;

  @BeforeEach
  void open() throws Exception {
    journal = Journal.open(JournalSettings.in(data), new SetClock());
  }

  @AfterEach
  void close() {
    journal.close();
  }

  @Test
  void everyCallbackHasReturnedAfterIt() throws Exception {
    AtomicInteger told = new AtomicInteger();
    for (int round = 1; round <= 100; round++) {
      String id = "c" + round;
      journal.enter(round % 2 == 0 ? safe(id) : physical(id), written -> told.incrementAndGet());
      journal.ended(key(id), State.SUCCEEDED, Optional.empty(), written -> told.incrementAndGet());

      assertThat(journal.flush(LONG)).isTrue();
      assertThat(told).hasValue(2 * round);
    }
    assertThat(journal.undelivered(1000)).hasSize(100);
  }

  @Test
  void thereIsNothingToWaitForWhereNothingWaits() throws Exception {
    assertThat(journal.flush(Duration.ZERO)).isTrue();
    enter(journal, physical("a"));
    assertThat(journal.flush(LONG)).isTrue();
    journal.close();
    assertThat(journal.flush(Duration.ZERO)).isTrue();
  }

  @Test
  void itWaitsForAGroupThatIsBeingToldButNotForEver() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    journal.enter(
        physical("a"),
        written -> {
          told.countDown();
          await(goOn);
        });
    assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();

    assertThat(journal.flush(Duration.ofMillis(1))).isFalse();
    journal.enter(physical("b"), nobody());
    assertThat(journal.flush(Duration.ofMillis(1))).isFalse();
    Thread.currentThread().interrupt();
    assertThat(journal.flush(LONG)).isFalse();
    assertThat(Thread.interrupted()).isTrue();
    goOn.countDown();

    assertThat(journal.flush(LONG)).isTrue();
    assertThat(end(journal, "b", State.FAILED, Optional.empty()).safe()).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts it", e);
    }
  }

  @Test
  void aCallbackCannotWaitForItsOwnThread() throws Exception {
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    journal.enter(
        physical("a"),
        written -> {
          try {
            thrown.complete(new AssertionError("it returned " + journal.flush(LONG)));
          } catch (IllegalStateException e) {
            thrown.complete(e);
          }
        });

    assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class);
  }
}
