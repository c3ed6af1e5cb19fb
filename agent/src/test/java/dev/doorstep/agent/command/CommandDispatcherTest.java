package dev.doorstep.agent.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorstep.agent.device.DeviceLane;
import dev.doorstep.agent.device.ScriptedDriver;
import dev.doorstep.agent.device.ScriptedDriver.Acted;
import dev.doorstep.protocol.State;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandDispatcherTest {
  @TempDir private Path data;
  private final ScriptedDriver driver = new ScriptedDriver();
  private House house;

  @BeforeEach
  void start() throws Exception {
    house = new House(data, driver, Clock.systemUTC()).start();
  }

  @AfterEach
  void stop() {
    house.close();
  }

  @Test
  void aCommandWithUpdatesIsAcceptedRunsAndSucceedsInThisOrder() {
    Asked replies = house.send("one", "a", "word", ",\"updates\":true,\"case\":\"2026-0042\"");

    assertThat(replies.last().result().orElseThrow().path("word").asString()).isEqualTo("word");
    assertThat(replies.last().caseNumber()).contains("2026-0042");
    assertThat(replies.last().times()).isPresent();
    assertThat(replies.states()).startsWith("accepted").endsWith("running", "succeeded");
    assertThat(replies.all().get(0).position()).hasValue(0);
  }

  @Test
  void withoutUpdatesOnlyTheFinalReplyIsSent() {
    assertThat(house.send("one", "a", "word", "").states()).containsExactly("succeeded");
  }

  @Test
  void aRepeatOfAFinishedCommandGetsItsReplyAndIsNotCarriedOutAgain() {
    Asked first = house.send("one", "a", "word", "");
    Asked again = house.send("one", "a", "word", ",\"timeout\":\"PT5S\"");

    assertThat(again.last()).isEqualTo(first.last());
    assertThat(driver.runs()).isEqualTo(1);
    assertThat(house.count("doorstep.commands.repeated")).isEqualTo(1);
  }

  @Test
  void theOrderOfMembersMakesNoOtherCommand() {
    house.send("one", "a", "word", "");
    Asked again =
        house.dispatch(
            "one",
            "{\"parameters\":{\"word\":\"word\"} , \"operation\":\"x-test.act\",\"id\":\"a\"}");

    assertThat(again.last().state().is(State.SUCCEEDED)).isTrue();
    assertThat(driver.runs()).isEqualTo(1);
  }

  @Test
  void aRepeatOfARunningCommandJoinsItAndTakesTheReply() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    driver.does(
        (act, call) -> {
          await().until(() -> release.getCount() == 0);
          return new Acted(act.word());
        });
    Asked first = house.dispatch("one", House.command("a", "word", ""));
    await().until(() -> driver.runs() == 1);
    Asked second = house.dispatch("one", House.command("a", "word", ""));

    release.countDown();

    assertThat(second.last().state().is(State.SUCCEEDED)).isTrue();
    assertThat(first.all()).isEmpty();
    assertThat(driver.runs()).isEqualTo(1);
  }

  @Test
  void anotherContentUnderAKnownIdIsAConflict() {
    house.send("one", "a", "word", "");

    assertThat(house.send("one", "a", "other", "").code()).isEqualTo("CONFLICT");
    assertThat(house.send("two", "a", "word", "").code()).isEqualTo("CONFLICT");
    assertThat(driver.runs()).isEqualTo(1);
  }

  @Test
  void anotherClientsIdIsAnotherCommand() {
    house.send("one", "a", "word", "");
    Asked other =
        house.dispatch("one", House.command("a", "other", ""), "somebody-else", Asked.delivered());

    assertThat(other.last().state().is(State.SUCCEEDED)).isTrue();
    assertThat(driver.runs()).isEqualTo(2);
  }

  @Test
  void aFullLaneIsBusyAndTheSameIdMayComeAgain() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    driver.does(
        (act, call) -> {
          await().until(() -> release.getCount() == 0);
          return new Acted(act.word());
        });
    Asked running = house.dispatch("one", House.command("first", "w", ""));
    await().until(() -> driver.runs() == 1);
    for (int i = 0; i < DeviceLane.LONGEST_QUEUE; i++) {
      house.dispatch("one", House.command("queued-" + i, "w", ""));
    }

    Asked tooMany = house.dispatch("one", House.command("again", "w", ""));
    assertThat(tooMany.code()).isEqualTo("BUSY");
    assertThat(tooMany.last().error().orElseThrow().retryable()).isTrue();

    Asked elsewhere = house.dispatch("two", "{\"id\":\"s\",\"operation\":\"device.status\"}");
    assertThat(elsewhere.last().state().is(State.SUCCEEDED))
        .as("a stuck device delays no other")
        .isTrue();

    release.countDown();
    assertThat(running.last().state().is(State.SUCCEEDED)).isTrue();
    await().until(() -> driver.runs() == 1 + DeviceLane.LONGEST_QUEUE);
    assertThat(house.send("one", "again", "w", "").last().state().is(State.SUCCEEDED)).isTrue();
  }

  @Test
  void anErrorInADriverIsAnsweredAndTheLaneGoesOn() {
    driver.does(
        (act, call) -> {
          throw new StackOverflowError("deep");
        });
    assertThat(house.send("one", "a", "w", "").code()).isEqualTo("INTERNAL");

    driver.does((act, call) -> new Acted(act.word()));
    assertThat(house.send("one", "b", "w", "").last().state().is(State.SUCCEEDED)).isTrue();
  }

  @Test
  void aDispatcherThatStopsRejects() {
    house.dispatcher().stop();

    assertThat(house.send("one", "a", "w", "").code()).isEqualTo("STOPPING");
  }

  @Test
  void aCommandIsSafeBeforeItIsAnswered() {
    CountDownLatch release = new CountDownLatch(1);
    driver.does(
        (act, call) -> {
          await().until(() -> release.getCount() == 0);
          return new Acted(act.word());
        });

    Asked asked = house.dispatch("one", House.command("a", "w", ""));
    await().until(asked::isSafe);
    assertThat(asked.isAnswered()).isFalse();

    release.countDown();
    assertThat(asked.last().state().is(State.SUCCEEDED)).isTrue();
  }

  @Test
  void everyMessageIsSafeOnceItIsRejected() {
    assertThat(house.dispatch("nobody", House.command("a", "w", "")).isSafe()).isTrue();
    assertThat(house.dispatch("one", "{}").isSafe()).isTrue();
    assertThat(house.dispatch("agent", House.command("b", "w", "")).isSafe()).isTrue();
  }

  @Test
  void whereNobodyKnowsWhetherItCameBeforeItIsNotCarriedOut() {
    house.send("one", "first", "w", "");
    house.journal().close();

    Asked asked = house.send("one", "second", "w", "");

    assertThat(asked.last().state().is(State.REJECTED)).isTrue();
    assertThat(asked.code()).isEqualTo("STOPPING");
    assertThat(driver.runs()).isEqualTo(1);
  }

  @Test
  void aRejectedCommandThatTheBrokerDeliversAgainIsRejectedAgain() {
    CountDownLatch release = new CountDownLatch(1);
    driver.does(
        (act, call) -> {
          await().until(() -> release.getCount() == 0);
          return new Acted(act.word());
        });
    house.dispatch("one", House.command("first", "w", ""));
    await().until(() -> driver.runs() == 1);
    for (int i = 0; i < DeviceLane.LONGEST_QUEUE; i++) {
      house.dispatch("one", House.command("queued-" + i, "w", ""));
    }
    assertThat(house.dispatch("one", House.command("late", "w", "")).code()).isEqualTo("BUSY");
    release.countDown();
    await().until(() -> driver.runs() == 1 + DeviceLane.LONGEST_QUEUE);

    Asked again = house.redeliver("one", House.command("late", "w", ""));
    assertThat(again.code()).as("its sender was told").isEqualTo("BUSY");
    assertThat(house.send("one", "late", "w", "").last().state().is(State.SUCCEEDED))
        .as("sent again it is a new try")
        .isTrue();
  }

  @Test
  void aRepeatIsAnsweredAlsoWhileTheAgentStops() {
    house.send("one", "a", "w", "");
    house.dispatcher().stop();

    assertThat(house.send("one", "a", "w", "").last().state().is(State.SUCCEEDED)).isTrue();
    assertThat(house.send("one", "b", "w", "").code()).isEqualTo("STOPPING");
  }

  @Test
  void whatMovesPaperAndCannotBeWrittenDownEndsAtOnce() throws Exception {
    house.close();
    house = new House(data, driver, Clock.systemUTC(), 512 << 10).start();
    CountDownLatch release = new CountDownLatch(1);
    driver.does(
        (act, call) -> {
          call.acting();
          await().until(() -> release.getCount() == 0);
          return new Acted(act.word().substring(0, 1));
        });
    String large = "w".repeat(60_000);
    Asked running = house.dispatch("one", House.command("first", large, ""));
    await().until(running::isSafe);

    Asked full = running;
    for (int i = 0; !full.isAnswered() && i < DeviceLane.LONGEST_QUEUE; i++) {
      Asked next = house.dispatch("one", House.command("waiting-" + i, large, ""));
      await().until(() -> next.isSafe() || next.isAnswered());
      full = next;
    }
    Asked status = house.dispatch("two", "{\"id\":\"status\",\"operation\":\"device.status\"}");

    assertThat(full.code()).isEqualTo("STORAGE_FULL");
    assertThat(full.last().state().is(State.FAILED)).isTrue();
    assertThat(status.last().state().is(State.SUCCEEDED)).as("readings go on").isTrue();
    assertThat(running.isAnswered()).isFalse();
    release.countDown();
    assertThat(running.last().state().is(State.SUCCEEDED)).isTrue();
  }
}
