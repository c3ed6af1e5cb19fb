package dev.doorstep.agent.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.doorstep.agent.device.LaneBench.Ticket;
import dev.doorstep.agent.device.ScriptedDriver.Acted;
import dev.doorstep.agent.device.ScriptedDriver.Stage;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.Driver;
import dev.doorstep.driver.Subject;
import dev.doorstep.protocol.DeviceStatus;
import dev.doorstep.protocol.DeviceStatus.State;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A driver does not return, whatever is closed under it. */
class LaneWatchdogTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private final LaneBench bench = new LaneBench();
  private final Held held = new Held();

  @AfterEach
  void close() {
    held.release();
    bench.close();
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void aHangBetweenCommandsIsToldAndAnotherThreadTakesOver(Stage stage) throws Exception {
    bench.driver.at(stage, held.once());
    if (stage == Stage.CLOSE) {
      bench.start().await(State.READY);
      bench.driver.present(false);
      held.awaitEntered();
      bench.driver.present(true);
    } else {
      bench.start();
      held.awaitEntered();
    }

    bench.awaitCause(ErrorCode.DRIVER_HUNG);
    DeviceStatus.Cause cause = hung();
    assertThat(cause.layer().is(DeviceStatus.Layer.AGENT)).isTrue();
    bench.await(State.READY);
    assertThat(bench.submit("a").end()).isInstanceOf(Outcome.Succeeded.class);

    int told = bench.told.size();
    held.release(); // the old thread comes back late, and ends quietly
    await().until(() -> lanesThreads() == 1);
    assertThat(bench.submit("b").end()).isInstanceOf(Outcome.Succeeded.class);
    assertThat(bench.told.subList(told, bench.told.size()))
        .noneMatch(status -> status.state().is(State.OFFLINE));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aHandlerThatHangsIsFailedOrUnknownAndWhatWaitsIsCarriedOut(boolean acted) throws Exception {
    AtomicReference<Thread> stuck = new AtomicReference<>(Thread.currentThread());
    bench.driver.does(
        (act, call) -> {
          if (act.word().equals("hang")) {
            stuck.set(Thread.currentThread());
            if (acted) {
              call.acting();
            }
            held.hold();
          } else {
            assertThat(Thread.currentThread()).isNotSameAs(stuck.get());
          }
          return new Acted(act.word());
        });
    bench.start().await(State.READY);
    Ticket hanging = bench.submit("hang", LaneBench.AMPLE, SHORT);
    held.awaitEntered();
    Ticket waiting = bench.submit("b");

    assertThat(hanging.code()).isEqualTo("DRIVER_HUNG");
    assertThat(hanging.end()).isInstanceOf(acted ? Outcome.Unknown.class : Outcome.Failed.class);
    assertThat(waiting.end()).isInstanceOf(Outcome.Succeeded.class);
    bench.awaitCause(ErrorCode.DRIVER_HUNG);
  }

  @Test
  void aHandlerThatReturnsOnceItsWireIsCutIsATimeout() throws Exception {
    bench.driver.does(
        (act, call) -> {
          bench.wire.awaitCut();
          throw new AssertionError();
        });
    bench.start().await(State.READY);

    Ticket ticket = bench.submit("a", LaneBench.AMPLE, SHORT);

    assertThat(ticket.end()).isInstanceOf(Outcome.Failed.class);
    assertThat(ticket.code()).isEqualTo("TIMEOUT");
    assertThat(bench.driver.runs()).isEqualTo(1);
    bench.await(State.READY);
  }

  @Test
  void aThreadThatComesBackLateCanNeitherActNorTellNorEnd() throws Exception {
    CompletableFuture<ErrorCode> late = new CompletableFuture<>();
    bench.driver.does(
        (act, call) -> {
          if (act.word().equals("tell")) {
            held.hold();
            call.progress("late");
            DeviceException refused = catchThrowableOfType(DeviceException.class, call::acting);
            late.complete(refused.code());
          }
          return new Acted(act.word());
        });
    bench.start().await(State.READY);
    Ticket hanging = bench.submit("tell", LaneBench.AMPLE, SHORT);
    assertThat(hanging.code()).isEqualTo("DRIVER_HUNG");
    await().until(() -> bench.happened.contains(Subject.DEVICE));
    assertThat(bench.submit("b").end()).isInstanceOf(Outcome.Succeeded.class);

    held.release();

    assertThat(late.get(20, TimeUnit.SECONDS)).isEqualTo(ErrorCode.STOPPING);
    await().until(() -> lanesThreads() == 1);
    assertThat(hanging.notes).containsExactly("");
    assertThat(bench.happened).containsExactly(Subject.DEVICE);
  }

  @Test
  void aHangWhileACancelledCommandsDeviceIsProvenIsNotCancelled() throws Exception {
    bench.driver.does(
        (act, call) -> {
          bench.driver.at(Stage.PROBE, held.once());
          while (!call.cancelled()) {
            Thread.onSpinWait();
          }
          throw new DeviceException(ErrorCode.STOPPING, "stopped");
        });
    bench.start().await(State.READY);
    Ticket ticket = bench.submit("a");
    await().until(() -> bench.driver.runs() == 1);
    bench.lane.cancel(ticket.job);

    assertThat(ticket.code()).isEqualTo("DRIVER_HUNG");
    assertThat(ticket.end()).isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void threadsThatHangAreBounded() throws Exception {
    bench.driver.at(Stage.OPEN, held::hold);
    bench.start();
    await().until(() -> bench.driver.opened() == Crew.MOST_STUCK);
    // With every thread stuck the queue is still looked after.
    for (int i = 0; i < 3; i++) {
      Ticket late = bench.submit("late", SHORT, SHORT);
      assertThat(late.end()).isInstanceOf(Outcome.Expired.class);
    }
    assertThat(bench.driver.opened()).isEqualTo(Crew.MOST_STUCK);
    assertThat(lanesThreads()).isEqualTo(Crew.MOST_STUCK);

    bench.driver.at(Stage.OPEN, () -> {});
    held.release();
    bench.await(State.READY);
    assertThat(bench.submit("b").end()).isInstanceOf(Outcome.Succeeded.class);
    await().until(() -> lanesThreads() == 1);
  }

  @Test
  void closingALaneWhoseDriverHangsEndsItsJobs() throws Exception {
    bench.driver.does(
        (act, call) -> {
          call.acting();
          held.hold();
          return new Acted(act.word());
        });
    bench.start().await(State.READY);
    Ticket running = bench.submit("a");
    held.awaitEntered();
    Ticket waiting = bench.submit("b");

    bench.lane.close();

    assertThat(running.outcome).isDone();
    assertThat(running.end()).isInstanceOf(Outcome.Unknown.class);
    assertThat(waiting.outcome).isDone();
    assertThat(waiting.code()).isEqualTo("STOPPING");
  }

  @Test
  void aHealthyNeighbourGoesOnWhileADeviceHangsInEveryWay() throws Exception {
    ScriptedDriver healthy = new ScriptedDriver();
    ScriptedDriver sick = bench.driver;
    sick.at(Stage.CLOSE, held::hold);
    sick.does(
        (act, call) -> {
          held.hold();
          return new Acted(act.word());
        });
    Map<String, Driver> drivers = Map.of("healthy", healthy, "sick", sick);
    try (DeviceRegistry devices =
        new DeviceRegistry(
            List.of(
                new DeviceRegistry.NamedDevice(ScriptedDriver.settings("one"), "sick"),
                new DeviceRegistry.NamedDevice(ScriptedDriver.settings("two"), "healthy")),
            drivers,
            bench.surroundings(),
            LaneBench.QUICK)) {
      devices.start();
      DeviceLane one = devices.find("one").orElseThrow();
      DeviceLane two = devices.find("two").orElseThrow();
      List<Ticket> hanging = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        Ticket ticket = bench.new Ticket("hang", Duration.ofSeconds(2), SHORT);
        hanging.add(ticket);
        one.submit(ticket.job);
      }
      held.awaitEntered();
      boolean allEnded = false;
      for (int i = 0; i < 50 || !allEnded; i++) {
        allEnded = hanging.stream().allMatch(ticket -> ticket.outcome.isDone());
        Ticket ticket = bench.new Ticket("well", LaneBench.AMPLE, LaneBench.AMPLE);
        two.submit(ticket.job);
        assertThat(ticket.end()).isInstanceOf(Outcome.Succeeded.class);
      }
      assertThat(two.status().cause()).isEmpty();
      assertThat(hanging.get(0).code()).isEqualTo("DRIVER_HUNG");
      held.release();
    }
  }

  private DeviceStatus.Cause hung() {
    return bench.told.stream()
        .flatMap(status -> status.cause().stream())
        .filter(cause -> cause.code().is(ErrorCode.DRIVER_HUNG))
        .findFirst()
        .orElseThrow();
  }

  private static long lanesThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("doorstep-lane-scripted"))
        .count();
  }
}
