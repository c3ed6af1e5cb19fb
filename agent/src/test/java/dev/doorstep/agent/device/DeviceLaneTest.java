package dev.doorstep.agent.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorstep.agent.device.ScriptedDriver.Act;
import dev.doorstep.agent.device.ScriptedDriver.Acted;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceHealth;
import dev.doorstep.driver.Subject;
import dev.doorstep.driver.transport.ScreenSource;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Command;
import dev.doorstep.protocol.DeviceStatus;
import dev.doorstep.protocol.DeviceStatus.State;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.Outcome;
import dev.doorstep.protocol.Reply;
import dev.doorstep.protocol.operation.ReadDeviceStatus;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeviceLaneTest {
  private final ScriptedDriver driver = new ScriptedDriver();
  private final List<Outcome> endedTwice = new CopyOnWriteArrayList<>();
  private final List<DeviceStatus> told = new CopyOnWriteArrayList<>();
  private final Watchdog watchdog = new Watchdog(Timing.STANDARD.watch());
  private final DeviceLane lane =
      new DeviceLane(
          ScriptedDriver.settings("scripted"),
          driver,
          new Surroundings(
              "session", Locale.ENGLISH, Clock.systemUTC(), ScreenSource.NONE, new Told()),
          watchdog,
          Timing.STANDARD);

  @AfterEach
  void close() {
    lane.close();
    watchdog.close();
    assertThat(endedTwice).isEmpty();
  }

  @Test
  void aDeviceThatIsAbsentAtStartIsOfflineWithItsCauseAndComesByItself() {
    driver.present(false);
    lane.start();

    awaitState(State.OFFLINE);
    assertThat(lane.status().cause().orElseThrow().code().is(ErrorCode.NOT_CONNECTED)).isTrue();
    assertThat(lane.status().cause().orElseThrow().layer().is(DeviceStatus.Layer.LINK)).isTrue();
    assertThat(lane.status().operations()).containsOnlyKeys("device.status");

    driver.present(true);
    awaitState(State.READY);
    assertThat(lane.status().cause()).isEmpty();
    assertThat(lane.status().operations()).containsOnlyKeys("device.status", "x-test.act");
  }

  @Test
  void aDeviceThatGoesAwayBetweenCommandsIsOfflineAndComesBack() {
    lane.start();
    awaitState(State.READY);

    driver.present(false);
    awaitState(State.OFFLINE);
    assertThat(lane.status().cause().orElseThrow().code().is(ErrorCode.DISCONNECTED)).isTrue();

    driver.present(true);
    awaitState(State.READY);
    assertThat(driver.opened()).isEqualTo(2);
    assertThat(driver.closed()).isEqualTo(1);
  }

  @Test
  void aCommandToAnAbsentDeviceEndsAtOnceWithTheCause() throws Exception {
    driver.present(false);
    lane.start();
    awaitState(State.OFFLINE);

    assertThat(code(end(new Act("a")))).isEqualTo("NOT_CONNECTED");

    driver.present(true);
    assertThat(end(new Act("b"))).isInstanceOf(Outcome.Succeeded.class);
  }

  @Test
  void deviceStatusAsksTheDeviceItself() throws Exception {
    lane.start();
    awaitState(State.READY);
    driver.health(
        new DeviceHealth(Optional.of("T-800"), Optional.of("0042"), Optional.empty(), List.of()));

    Outcome there = end(new ReadDeviceStatus());
    assertThat(status(there).model()).contains("T-800");
    assertThat(status(there).serial()).contains("0042");

    driver.present(false);
    Outcome gone = end(new ReadDeviceStatus());
    assertThat(status(gone).state().is(State.OFFLINE)).isTrue();
  }

  @Test
  void itIsBusyWhileACommandRuns() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    driver.does(
        (act, call) -> {
          waitFor(release);
          return new Acted(act.word());
        });
    lane.start();
    CompletableFuture<Outcome> first = submit(new Act("a"), Duration.ofSeconds(5));
    awaitState(State.BUSY);

    release.countDown();
    assertThat(first.get(5, TimeUnit.SECONDS)).isInstanceOf(Outcome.Succeeded.class);
    awaitState(State.READY);
  }

  @Test
  void theQueueIsBoundedAndKeepsItsOrder() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    List<String> order = new CopyOnWriteArrayList<>();
    driver.does(
        (act, call) -> {
          waitFor(release);
          order.add(act.word());
          return new Acted(act.word());
        });
    lane.start();
    CompletableFuture<Outcome> last = submit(new Act("0"), Duration.ofSeconds(5));
    await().until(() -> driver.runs() == 1);
    for (int i = 1; i <= DeviceLane.LONGEST_QUEUE; i++) {
      last = submit(new Act(Integer.toString(i)), Duration.ofSeconds(5));
    }

    Job tooMany =
        new Job(
            Command.of("x", new Act("x"), Duration.ofSeconds(5)),
            Deadline.after(Duration.ofSeconds(5)),
            System.nanoTime(),
            new HeldDocuments(),
            new Ending());
    assertThat(lane.submit(tooMany)).isEmpty();

    release.countDown();
    last.get(5, TimeUnit.SECONDS);
    assertThat(order)
        .hasSize(1 + DeviceLane.LONGEST_QUEUE)
        .isSortedAccordingTo(Comparator.comparingInt(Integer::parseInt));
  }

  @Test
  void aCommandThatWaitedTooLongIsNotBegun() throws Exception {
    lane.start();

    Outcome outcome = submit(new Act("late"), Duration.ZERO).get(5, TimeUnit.SECONDS);

    assertThat(outcome).isInstanceOf(Outcome.Expired.class);
    assertThat(driver.runs()).isZero();
  }

  @Test
  void aLineThatBreaksBeforeTheDeviceActedIsAFailure() throws Exception {
    driver.does(
        (act, call) -> {
          throw new DeviceException(ErrorCode.DISCONNECTED, "cut");
        });
    lane.start();

    Outcome outcome = end(new Act("a"));

    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    assertThat(code(outcome)).isEqualTo("DISCONNECTED");
  }

  @Test
  void aLineThatEndedUnseenIsOpenedAnewOnce() throws Exception {
    driver.does(
        (act, call) -> {
          if (driver.opened() == 1) {
            throw new DeviceException(ErrorCode.DISCONNECTED, "ended while it was quiet");
          }
          return new Acted(act.word());
        });
    lane.start();
    awaitState(State.READY);

    assertThat(end(new Act("a"))).isInstanceOf(Outcome.Succeeded.class);
    assertThat(driver.runs()).isEqualTo(2);
  }

  @Test
  void anErrorThatTheDeviceMayOutliveLeavesItUnknown() throws Exception {
    driver.does(
        (act, call) -> {
          call.acting();
          throw new DeviceException(ErrorCode.OUT_OF_PAPER, "status 72").butInDoubt();
        });
    lane.start();

    assertThat(end(new Act("a"))).isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void aLineThatBreaksAfterTheDeviceMayHaveActedLeavesItUnknown() throws Exception {
    driver.does(
        (act, call) -> {
          call.acting();
          throw new DeviceException(ErrorCode.TIMEOUT, "stalled");
        });
    lane.start();

    Outcome outcome = end(new Act("a"));

    assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
    assertThat(code(outcome)).isEqualTo("TIMEOUT");
  }

  @Test
  void whatTheDeviceItselfSaysAfterActingIsAFailure() throws Exception {
    driver.does(
        (act, call) -> {
          call.acting();
          throw new DeviceException(ErrorCode.OUT_OF_PAPER, "status 72");
        });
    lane.start();

    assertThat(end(new Act("a"))).isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void aDefectInADriverIsToldWithoutItsTextAndTheLaneGoesOn() throws Exception {
    driver.does(
        (act, call) -> {
          throw new IllegalStateException("Zhang San 11010519491231002X");
        });
    lane.start();

    Outcome outcome = end(new Act("a"));
    assertThat(code(outcome)).isEqualTo("INTERNAL");
    assertThat(outcome.error().orElseThrow().detail()).doesNotContain("Zhang").doesNotContain("11");

    driver.does((act, call) -> new Acted("well"));
    assertThat(end(new Act("b"))).isInstanceOf(Outcome.Succeeded.class);
  }

  @Test
  void unknownOperationAndWrongParametersAreRejectedInTheLaneToo() throws Exception {
    lane.start();
    Ending ending = new Ending();
    Command command =
        Codec.command("{\"id\":\"a\",\"operation\":\"no.such\"}".getBytes(StandardCharsets.UTF_8));

    lane.submit(
        new Job(
            command,
            Deadline.after(Duration.ofSeconds(5)),
            System.nanoTime(),
            new HeldDocuments(),
            ending));

    Outcome outcome = ending.outcome.get(5, TimeUnit.SECONDS);
    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
    assertThat(code(outcome)).isEqualTo("UNSUPPORTED");
  }

  @Test
  void closingStopsTheRunningCommandAndEndsThoseThatWait() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    driver.does(
        (act, call) -> {
          running.countDown();
          while (!call.cancelled()) {
            Thread.onSpinWait();
          }
          throw new DeviceException(ErrorCode.STOPPING, "stopped");
        });
    lane.start();
    CompletableFuture<Outcome> first = submit(new Act("a"), Duration.ofSeconds(5));
    CompletableFuture<Outcome> second = submit(new Act("b"), Duration.ofSeconds(5));
    waitFor(running);

    lane.close();

    assertThat(code(first.get(1, TimeUnit.SECONDS))).isEqualTo("STOPPING");
    assertThat(code(second.get(1, TimeUnit.SECONDS))).isEqualTo("STOPPING");
    assertThat(driver.runs()).isEqualTo(1);
    assertThat(driver.closed()).isEqualTo(1);
  }

  @Test
  void theCauseOfADeviceThatLacksSomethingIsTold() {
    DeviceStatus.Cause cause =
        new DeviceStatus.Cause(
            OpenEnum.of(ErrorCode.OUT_OF_PAPER), OpenEnum.of(DeviceStatus.Layer.SUPPLY), "paper");
    driver.health(
        new DeviceHealth(Optional.empty(), Optional.empty(), Optional.of(cause), List.of()));
    lane.start();

    awaitState(State.READY);
    assertThat(lane.status().cause()).contains(cause);
    assertThat(told).anyMatch(status -> status.cause().equals(Optional.of(cause)));
  }

  private void awaitState(State state) {
    await().atMost(Duration.ofSeconds(10)).until(() -> lane.status().state().is(state));
  }

  private Outcome end(Operation<?> operation) throws Exception {
    return submit(operation, Duration.ofSeconds(5)).get(5, TimeUnit.SECONDS);
  }

  private CompletableFuture<Outcome> submit(Operation<?> operation, Duration expiry) {
    Ending ending = new Ending();
    Command command = Command.of("id", operation, Duration.ofSeconds(5));
    assertThat(
            lane.submit(
                new Job(
                    command,
                    Deadline.after(expiry),
                    System.nanoTime(),
                    new HeldDocuments(),
                    ending)))
        .isPresent();
    return ending.outcome;
  }

  private static String code(Outcome outcome) {
    return outcome.error().orElseThrow().code().text();
  }

  private static DeviceStatus status(Outcome outcome) {
    return (DeviceStatus) ((Outcome.Succeeded) outcome).result();
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private final class Ending implements Job.Listener {
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    @Override
    public void running(String note) {
      assertThat(outcome).isNotDone();
    }

    @Override
    public void preview(byte[] jpeg) {
      assertThat(outcome).isNotDone();
    }

    @Override
    public void acting() {
      assertThat(outcome).isNotDone();
    }

    @Override
    public void ended(Outcome how, Reply.Times times) {
      assertThat(times.queued()).isGreaterThanOrEqualTo(Duration.ZERO);
      if (!outcome.complete(how)) {
        endedTwice.add(how);
      }
    }
  }

  private final class Told implements DeviceWatcher {
    @Override
    public void changed(String device, DeviceStatus status) {
      told.add(status);
    }

    @Override
    public void happened(String device, String event, Subject subject, Object data) {
      throw new AssertionError("this device tells nothing");
    }
  }
}
