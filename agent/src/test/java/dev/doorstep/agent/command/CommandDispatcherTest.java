package dev.doorstep.agent.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorstep.agent.device.DeviceLane;
import dev.doorstep.agent.device.DeviceRegistry;
import dev.doorstep.agent.device.DeviceRegistry.NamedDevice;
import dev.doorstep.agent.device.DeviceWatcher;
import dev.doorstep.agent.device.ScriptedDriver;
import dev.doorstep.agent.device.ScriptedDriver.Acted;
import dev.doorstep.agent.device.Surroundings;
import dev.doorstep.driver.transport.ScreenSource;
import dev.doorstep.protocol.DeviceStatus;
import dev.doorstep.protocol.Reply;
import dev.doorstep.protocol.State;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommandDispatcherTest {
  private final ScriptedDriver driver = new ScriptedDriver();
  private final List<Reply> afterTheLast = new CopyOnWriteArrayList<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final DeviceRegistry devices =
      new DeviceRegistry(
          List.of(
              new NamedDevice(ScriptedDriver.settings("one"), "scripted"),
              new NamedDevice(ScriptedDriver.settings("two"), "scripted")),
          Map.of("scripted", driver),
          new Surroundings(
              "session", Locale.ENGLISH, Clock.systemUTC(), ScreenSource.NONE, new Silent()));
  private final CommandDispatcher dispatcher =
      new CommandDispatcher(devices, Locale.ENGLISH, new CommandCounters(meters));

  @BeforeEach
  void start() {
    devices.start();
  }

  @AfterEach
  void stop() {
    devices.close();
    assertThat(afterTheLast).as("nothing follows a final reply").isEmpty();
  }

  @Test
  void aCommandWithUpdatesIsAcceptedRunsAndSucceedsInThisOrder() {
    Replies replies = send("one", "a", "word", ",\"updates\":true,\"case\":\"2026-0042\"");

    assertThat(replies.last().result().orElseThrow().path("word").asString()).isEqualTo("word");
    assertThat(replies.last().caseNumber()).contains("2026-0042");
    assertThat(replies.last().times()).isPresent();
    assertThat(replies.states()).startsWith("accepted").endsWith("running", "succeeded");
    assertThat(replies.all.get(0).position()).hasValue(0);
  }

  @Test
  void withoutUpdatesOnlyTheFinalReplyIsSent() {
    assertThat(send("one", "a", "word", "").states()).containsExactly("succeeded");
  }

  @Test
  void aRepeatOfAFinishedCommandGetsItsReplyAndIsNotCarriedOutAgain() {
    Replies first = send("one", "a", "word", "");
    Replies again = send("one", "a", "word", ",\"timeout\":\"PT5S\"");

    assertThat(again.last()).isEqualTo(first.last());
    assertThat(driver.runs()).isEqualTo(1);
    assertThat(meters.counter("doorstep.commands.repeated").count()).isEqualTo(1);
  }

  @Test
  void theOrderOfMembersMakesNoOtherCommand() {
    send("one", "a", "word", "");
    Replies again =
        dispatch(
            "one",
            "{\"parameters\":{\"word\":\"word\"} , \"operation\":\"x-test.act\",\"id\":\"a\"}",
            "client");

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
    Replies first = dispatch("one", command("a", "word", ""), "client");
    await().until(() -> driver.runs() == 1);
    Replies second = dispatch("one", command("a", "word", ""), "client");

    release.countDown();

    assertThat(second.last().state().is(State.SUCCEEDED)).isTrue();
    assertThat(first.all).isEmpty();
    assertThat(driver.runs()).isEqualTo(1);
  }

  @Test
  void anotherContentUnderAKnownIdIsAConflict() {
    send("one", "a", "word", "");

    assertThat(code(send("one", "a", "other", ""))).isEqualTo("CONFLICT");
    assertThat(code(send("two", "a", "word", ""))).isEqualTo("CONFLICT");
    assertThat(driver.runs()).isEqualTo(1);
  }

  @Test
  void anotherClientsIdIsAnotherCommand() {
    send("one", "a", "word", "");
    Replies other = dispatch("one", command("a", "other", ""), "somebody-else");

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
    Replies running = dispatch("one", command("first", "w", ""), "client");
    await().until(() -> driver.runs() == 1);
    for (int i = 0; i < DeviceLane.LONGEST_QUEUE; i++) {
      dispatch("one", command("queued-" + i, "w", ""), "client");
    }

    Replies tooMany = dispatch("one", command("again", "w", ""), "client");
    assertThat(code(tooMany)).isEqualTo("BUSY");
    assertThat(tooMany.last().error().orElseThrow().retryable()).isTrue();

    Replies elsewhere = dispatch("two", "{\"id\":\"s\",\"operation\":\"device.status\"}", "client");
    assertThat(elsewhere.last().state().is(State.SUCCEEDED))
        .as("a stuck device delays no other")
        .isTrue();

    release.countDown();
    assertThat(running.last().state().is(State.SUCCEEDED)).isTrue();
    await().until(() -> driver.runs() == 1 + DeviceLane.LONGEST_QUEUE);
    assertThat(send("one", "again", "w", "").last().state().is(State.SUCCEEDED)).isTrue();
  }

  @Test
  void anErrorInADriverIsAnsweredAndTheLaneGoesOn() {
    driver.does(
        (act, call) -> {
          throw new StackOverflowError("deep");
        });
    assertThat(code(send("one", "a", "w", ""))).isEqualTo("INTERNAL");

    driver.does((act, call) -> new Acted(act.word()));
    assertThat(send("one", "b", "w", "").last().state().is(State.SUCCEEDED)).isTrue();
  }

  @Test
  void aDispatcherThatStopsRejects() {
    dispatcher.stop();

    assertThat(code(send("one", "a", "w", ""))).isEqualTo("STOPPING");
  }

  private static String code(Replies replies) {
    return replies.last().error().orElseThrow().code().text();
  }

  private static String command(String id, String word, String more) {
    return "{\"id\":\"%s\",\"operation\":\"x-test.act\",\"parameters\":{\"word\":\"%s\"}%s}"
        .formatted(id, word, more);
  }

  private Replies send(String device, String id, String word, String more) {
    Replies replies = dispatch(device, command(id, word, more), "client");
    replies.last();
    return replies;
  }

  private Replies dispatch(String device, String json, String client) {
    Replies replies = new Replies();
    dispatcher.dispatch(
        new Request(
            client,
            device,
            json.getBytes(StandardCharsets.UTF_8),
            false,
            Duration.ofSeconds(10),
            replies));
    return replies;
  }

  private final class Replies implements ReplyTo {
    private final List<Reply> all = new CopyOnWriteArrayList<>();
    private final CountDownLatch done = new CountDownLatch(1);

    @Override
    public int pieceSize() {
      return 64 * 1024;
    }

    @Override
    public void send(Reply reply, List<OutgoingBlob> blobs) {
      assertThat(blobs).isEmpty();
      if (done.getCount() == 0) {
        afterTheLast.add(reply);
      }
      all.add(reply);
      if (reply.isFinal()) {
        done.countDown();
      }
    }

    Reply last() {
      try {
        assertThat(done.await(10, TimeUnit.SECONDS)).as("a final reply").isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return all.get(all.size() - 1);
    }

    List<String> states() {
      return all.stream().map(reply -> reply.state().text()).toList();
    }
  }

  private static final class Silent implements DeviceWatcher {
    @Override
    public void changed(String device, DeviceStatus status) {
      assertThat(status.session()).isEqualTo("session");
    }

    @Override
    public void happened(String device, String event, Object data) {
      throw new AssertionError("this device tells nothing");
    }
  }
}
