package dev.doorstep.agent.journal;

import static dev.doorstep.agent.journal.Entries.enter;
import static dev.doorstep.agent.journal.Entries.key;
import static dev.doorstep.agent.journal.Entries.nobody;
import static dev.doorstep.agent.journal.Entries.physical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorstep.protocol.Effect;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.State;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Defects, of the journal and of who is called back: nobody waits for ever. */
class JournalDefectTest {
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

  /** A command whose expiry is no number of milliseconds: the row cannot be made. */
  private static Taken unwritable(String id) {
    Taken of = physical(id);
    return new Taken(
        of.key(),
        of.digest(),
        of.device(),
        of.operation(),
        Effect.PHYSICAL,
        of.arrived(),
        Instant.MAX,
        of.body(),
        of.address(),
        of.caseNumber());
  }

  @Test
  void aChangeThatCannotBeWrittenFailsAlone() throws Exception {
    CompletableFuture<Written> before = new CompletableFuture<>();
    CompletableFuture<Written> defect = new CompletableFuture<>();
    CompletableFuture<Written> after = new CompletableFuture<>();
    oneGroup(
        () -> {
          journal.enter(physical("before"), before::complete);
          journal.enter(unwritable("defect"), defect::complete);
          journal.enter(physical("after"), after::complete);
          journal.event(new StoredEvent("e", "tickets", new byte[] {1}));
        });

    JournalException failure = defect.get(30, TimeUnit.SECONDS).failure().orElseThrow();
    assertThat(failure.code()).isEqualTo(ErrorCode.INTERNAL);
    assertThat(failure).hasMessageContaining("see the log");
    assertThat(before.get(30, TimeUnit.SECONDS).safe()).isTrue();
    assertThat(after.get(30, TimeUnit.SECONDS).safe()).isTrue();
    assertThat(journal.flush(LONG)).isTrue();
    assertThat(journal.find(key("defect"))).isEmpty();
    assertThat(journal.unfinished())
        .extracting(one -> one.command().key().id())
        .containsExactly("before", "after");
    assertThat(journal.events()).hasSize(1);
  }

  @Test
  void whoWaitsForLeaveToActIsTold() throws Exception {
    journal.enter(unwritable("a"), nobody());

    assertThatThrownBy(() -> journal.acting(key("a")))
        .isInstanceOfSatisfying(
            JournalException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL));
    assertThat(enter(journal, physical("a")).safe()).isTrue();
  }

  @Test
  void anErrorInACallbackSkipsNoOther() throws Exception {
    CompletableFuture<Written> ended = new CompletableFuture<>();
    CompletableFuture<Written> second = new CompletableFuture<>();
    oneGroup(
        () -> {
          journal.enter(
              physical("a"),
              written -> {
                throw new AssertionError("a defect of the caller");
              });
          journal.ended(key("a"), State.SUCCEEDED, Optional.empty(), ended::complete);
          journal.enter(physical("b"), second::complete);
        });

    assertThat(ended.get(30, TimeUnit.SECONDS).safe()).isTrue();
    assertThat(second.get(30, TimeUnit.SECONDS).safe()).isTrue();
    assertThat(journal.flush(LONG)).isTrue();
    assertThat(enter(journal, physical("c")).safe()).isTrue();
  }

  /** What is done while the journal's thread is held up. */
  private interface Changes {
    void make() throws JournalException;
  }

  private void oneGroup(Changes changes) throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    journal.enter(
        Entries.unanswerable(Entries.safe("held")),
        written -> {
          held.countDown();
          try {
            goOn.await(30, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts it", e);
          }
        });
    journal.ended(key("held"), State.SUCCEEDED, Optional.empty(), nobody());
    assertThat(held.await(30, TimeUnit.SECONDS)).isTrue();
    changes.make();
    goOn.countDown();
  }
}
