package dev.doorstep.agent.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorstep.agent.device.ScriptedDriver;
import dev.doorstep.agent.device.ScriptedDriver.Acted;
import dev.doorstep.agent.journal.CommandKey;
import dev.doorstep.driver.Call;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.State;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start does with the commands of the one before, whose process died at once. */
class RecoveryTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String STATUS = "{\"id\":\"%s\",\"operation\":\"device.status\"}";

  @TempDir private Path data;
  @TempDir private Path later;
  private final ScriptedDriver driver = new ScriptedDriver();
  private final CountDownLatch release = new CountDownLatch(1);
  private final Deque<House> starts = new ArrayDeque<>();

  @AfterEach
  void stop() {
    release.countDown();
    starts.forEach(House::close);
  }

  @Test
  void whatMayHaveActedIsUnknownAndIsNotDoneAgain() throws Exception {
    begin();
    Asked printing = holdAfterActing("print");

    House next = restart(NOW);

    assertThat(printing.isAnswered()).isFalse();
    assertThat(next.told("print").last().state().is(State.UNKNOWN)).isTrue();
    assertThat(next.told("print").code()).isEqualTo("AGENT_RESTARTED");
    assertThat(next.told("print").last().error().orElseThrow().retryable()).isFalse();
    assertThat(next.told("print").last().error().orElseThrow().recovery()).contains("look");
    Asked repeat = next.send("one", "print", "w", "");
    assertThat(repeat.last().state().is(State.UNKNOWN)).isTrue();
    assertThat(driver.runs()).isEqualTo(1);
  }

  @Test
  void whatHadNotBegunRunsIfItIsStillWanted() throws Exception {
    begin();
    holdAfterActing("print");
    Asked waiting = first().dispatch("one", House.command("waiting", "w", ""));
    await().until(waiting::isSafe);

    House next = restart(NOW.plusSeconds(10));

    assertThat(next.told("waiting").last().state().is(State.SUCCEEDED)).isTrue();
    assertThat(driver.runs()).isEqualTo(2);
  }

  @Test
  void whatBeganAndHadNotActedRunsAgain() throws Exception {
    begin();
    CountDownLatch begun = new CountDownLatch(1);
    driver.does(
        (act, call) -> {
          begun.countDown();
          await().until(() -> release.getCount() == 0);
          return new Acted(act.word());
        });
    Asked running = first().dispatch("one", House.command("a", "w", ""));
    await().until(() -> running.isSafe() && begun.getCount() == 0);

    House next = restart(NOW);

    assertThat(next.told("a").last().state().is(State.SUCCEEDED)).isTrue();
  }

  @Test
  void whatWaitedTooLongOrWhoseClockWasSetBackIsExpired() throws Exception {
    begin();
    holdAfterActing("print");
    Asked late = first().dispatch("one", House.command("late", "w", ""));
    await().until(late::isSafe);

    House next = restart(NOW.plus(Duration.ofMinutes(5)));
    assertThat(next.told("late").last().state().is(State.EXPIRED)).isTrue();
    assertThat(driver.runs()).isEqualTo(1);
  }

  @Test
  void aClockThatWasSetBackExpiresWhatWaited() throws Exception {
    begin();
    holdAfterActing("print");
    Asked waiting = first().dispatch("one", House.command("waiting", "w", ""));
    await().until(waiting::isSafe);

    House next = restart(NOW.minus(Duration.ofHours(1)));

    assertThat(next.told("waiting").last().state().is(State.EXPIRED)).isTrue();
    assertThat(next.told("waiting").last().error().orElseThrow().detail()).contains("clock");
    assertThat(driver.runs()).isEqualTo(1);
  }

  @Test
  void whatIsSafeAndWasUnderWayFailsAsRestarted() throws Exception {
    begin();
    holdAfterActing("print");
    Asked status = first().dispatch("one", STATUS.formatted("status"));
    await().until(status::isSafe);

    House next = restart(NOW);

    assertThat(next.told("status").code()).isEqualTo("AGENT_RESTARTED");
    assertThat(next.told("status").last().state().is(State.FAILED)).isTrue();
  }

  @Test
  void anEndThatTheBrokerDoesNotHaveIsToldAndOneThatItHasIsNot() throws Exception {
    begin();
    first().send("one", "had", "w", "");
    Asked away = Asked.undelivered();
    first().dispatch("one", House.command("away", "w", ""), "client", away).last();
    await().until(() -> first().journal().undelivered(10).size() == 1);

    House next = restart(NOW);

    assertThat(next.told("away").last().state().is(State.SUCCEEDED)).isTrue();
    assertThat(next.told("away").last().result().orElseThrow().path("word").asString())
        .isEqualTo("w");
    assertThat(next.told("had").all()).isEmpty();
    assertThat(driver.runs()).isEqualTo(2);
  }

  @Test
  void aRepeatAfterARestartGetsTheStoredReplyOrHearsThatTheResultIsGone() throws Exception {
    begin();
    first().send("one", "print", "w", "");
    first().dispatch("one", STATUS.formatted("status")).last();
    await().until(() -> first().journal().find(key("status")).orElseThrow().delivered());
    await().until(() -> first().journal().unfinished().isEmpty());
    await().until(() -> first().journal().undelivered(10).isEmpty());

    House next = restart(NOW);

    assertThat(next.send("one", "print", "w", "").last().result().orElseThrow().toString())
        .isEqualTo("{\"word\":\"w\"}");
    Asked status = next.dispatch("one", STATUS.formatted("status"));
    assertThat(status.code()).isEqualTo("RESULT_GONE");
    assertThat(status.last().state().is(State.FAILED)).isTrue();
    assertThat(next.send("one", "print", "other", "").code()).isEqualTo("CONFLICT");
    assertThat(driver.runs()).isEqualTo(1);
  }

  /** The start that died; only the tests that have begun one ask. */
  private House first() {
    return starts.getLast();
  }

  private void begin() throws Exception {
    starts.push(new House(data, driver, Clock.fixed(NOW, ZoneOffset.UTC)).start());
  }

  /** A command that stays at its device, which may have acted. */
  private Asked holdAfterActing(String id) {
    AtomicBoolean acts = new AtomicBoolean();
    driver.does(
        (act, call) -> {
          call.acting(); // returns once that is on disk
          acts.set(true);
          await().until(() -> release.getCount() == 0);
          return new Acted(act.word());
        });
    Asked asked = first().dispatch("one", House.command(id, "w", ""));
    await().until(acts::get);
    driver.does((act, call) -> acted(act.word(), call));
    return asked;
  }

  private static CommandKey key(String id) {
    return new CommandKey("client", id);
  }

  private static Acted acted(String word, Call call) throws DeviceException {
    call.acting();
    return new Acted(word);
  }

  /** What a start finds on the disk that the first one, still as it is, has written by now. */
  private House restart(Instant now) throws Exception {
    driver.does((act, call) -> acted(act.word(), call));
    copy(data, later);
    starts.push(new House(later, driver, Clock.fixed(now, ZoneOffset.UTC)).start());
    return starts.element();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(from, "journal.*")) {
      for (Path file : files) {
        if (!file.getFileName().toString().endsWith("-shm")) {
          Files.copy(file, to.resolve(file.getFileName().toString()));
        }
      }
    }
  }
}
