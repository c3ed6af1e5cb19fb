package dev.doorstep.agent.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.agent.device.DeviceLane.Place;
import dev.doorstep.agent.device.LaneBench.Ticket;
import dev.doorstep.agent.device.ScriptedDriver.Acted;
import dev.doorstep.driver.Call;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceHealth;
import dev.doorstep.protocol.Command;
import dev.doorstep.protocol.DeviceStatus.State;
import dev.doorstep.protocol.Effect;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.Outcome;
import dev.doorstep.protocol.operation.ReadDeviceStatus;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client cancels, in every phase of a command's life. */
class LaneCancelTest {
  private final LaneBench bench = new LaneBench();
  private final CountDownLatch begun = new CountDownLatch(1);

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void oneThatWaitsEndsAtOnceAndTheDeviceIsNotTouched() throws Exception {
    Held held = new Held();
    bench.driver.does(
        (act, call) -> {
          held.hold();
          return new Acted(act.word());
        });
    bench.start();
    Ticket first = bench.submit("first");
    held.awaitEntered();
    Ticket second = bench.submit("second");
    Ticket third = bench.submit("third");

    assertThat(bench.lane.cancel(second.job)).isEqualTo(Place.WAITING);

    assertThat(second.outcome).isCompletedWithValue(new Outcome.Cancelled());
    assertThat(bench.lane.cancel(second.job)).isEqualTo(Place.ABSENT);
    held.release();
    assertThat(first.end()).isInstanceOf(Outcome.Succeeded.class);
    assertThat(third.end()).isInstanceOf(Outcome.Succeeded.class);
    assertThat(bench.driver.runs()).isEqualTo(2);
    assertThat(second.notes).isEmpty();
  }

  @Test
  void oneThatRunsIsCancelledOnceTheDeviceWasAskedHowItIs() throws Exception {
    bench.driver.does(this::untilCancelled);
    Ticket ticket = running();
    int probed = bench.driver.probed();

    assertThat(bench.lane.cancel(ticket.job)).isEqualTo(Place.RUNNING);

    assertThat(ticket.end()).isInstanceOf(Outcome.Cancelled.class);
    assertThat(bench.driver.probed()).isGreaterThan(probed);
    assertThat(bench.lane.cancel(ticket.job)).isEqualTo(Place.ABSENT);
  }

  @Test
  void oneThatFinishesAnyhowHasItsResult() throws Exception {
    bench.driver.does(
        (act, call) -> {
          begun.countDown();
          awaitCancelled(call);
          return new Acted("done");
        });
    Ticket ticket = running();

    assertThat(bench.lane.cancel(ticket.job)).isEqualTo(Place.RUNNING);

    assertThat(ticket.end()).isEqualTo(new Outcome.Succeeded(new Acted("done")));
  }

  @Test
  void oneThatFailsByItselfHasItsError() throws Exception {
    bench.driver.does(
        (act, call) -> {
          begun.countDown();
          awaitCancelled(call);
          throw new DeviceException(ErrorCode.CARD_READ_FAILED, "read card: SW3 41");
        });
    Ticket ticket = running();
    bench.lane.cancel(ticket.job);

    assertThat(ticket.code()).isEqualTo("CARD_READ_FAILED");
  }

  @Test
  void withoutTheProofItIsNotCancelled() throws Exception {
    bench.driver.does(
        (act, call) -> {
          begun.countDown();
          awaitCancelled(call);
          bench.driver.present(false);
          throw new DeviceException(ErrorCode.STOPPING, "stopped");
        });
    Ticket ticket = running();
    bench.lane.cancel(ticket.job);

    assertThat(ticket.end()).isInstanceOf(Outcome.Failed.class);
    assertThat(ticket.code()).isEqualTo("NOT_CONNECTED");
    bench.await(State.OFFLINE);
  }

  @Test
  void aDeviceThatLacksSomethingIsNotProvenUsable() throws Exception {
    bench.driver.does(
        (act, call) -> {
          begun.countDown();
          awaitCancelled(call);
          bench.driver.health(
              new DeviceHealth(
                  Optional.empty(),
                  Optional.empty(),
                  Optional.of(Causes.of(ErrorCode.OUT_OF_PAPER, Locale.ENGLISH)),
                  List.of()));
          throw new DeviceException(ErrorCode.STOPPING, "stopped");
        });
    Ticket ticket = running();
    bench.lane.cancel(ticket.job);

    assertThat(ticket.code()).isEqualTo("OUT_OF_PAPER");
  }

  @Test
  void oneThatActedAndIsInDoubtIsUnknown() throws Exception {
    bench.driver.does(
        (act, call) -> {
          call.acting();
          begun.countDown();
          awaitCancelled(call);
          throw new DeviceException(ErrorCode.STOPPING, "stopped").butInDoubt();
        });
    Ticket ticket = running();
    bench.lane.cancel(ticket.job);

    assertThat(ticket.end()).isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void oneThatActedAndTookItBackIsCancelled() throws Exception {
    bench.driver.does(
        (act, call) -> {
          call.acting();
          return untilCancelled(act, call);
        });
    Ticket ticket = running();
    bench.lane.cancel(ticket.job);

    assertThat(ticket.end()).isInstanceOf(Outcome.Cancelled.class);
  }

  @Test
  void aHandlerThatDoesNotNoticeLosesItsWireAndTheDeviceIsOpenedAnew() throws Exception {
    bench.driver.does(
        (act, call) -> {
          begun.countDown();
          bench.wire.awaitCut();
          throw new AssertionError();
        });
    Ticket ticket = running();
    bench.lane.cancel(ticket.job);

    assertThat(ticket.end()).isInstanceOf(Outcome.Cancelled.class);
    assertThat(bench.driver.opened()).isEqualTo(2);
    assertThat(bench.driver.runs()).isEqualTo(1);
  }

  @Test
  void aHandlerThatActedAndLosesItsWireIsUnknown() throws Exception {
    bench.driver.does(
        (act, call) -> {
          call.acting();
          begun.countDown();
          bench.wire.awaitCut();
          throw new AssertionError();
        });
    Ticket ticket = running();
    bench.lane.cancel(ticket.job);

    assertThat(ticket.end()).isInstanceOf(Outcome.Unknown.class);
    bench.await(State.READY);
  }

  @Test
  void oneThatIsCancelledWhileItIsWrittenToDiskDoesNotAct() throws Exception {
    Held disk = new Held();
    AtomicBoolean acted = new AtomicBoolean();
    bench.driver.does(
        (act, call) -> {
          call.acting();
          acted.set(true);
          return new Acted(act.word());
        });
    bench.start();
    bench.await(State.READY);
    Ticket ticket = bench.new Ticket("a", LaneBench.AMPLE, LaneBench.AMPLE);
    ticket.acting = disk::hold;
    bench.lane.submit(ticket.job);
    disk.awaitEntered();

    bench.lane.cancel(ticket.job);
    disk.release();

    ticket.end();
    assertThat(acted).isFalse();
    assertThat(ticket.end()).isInstanceOf(Outcome.Cancelled.class);
  }

  @Test
  void aFullDiskIsToldAndTheDeviceDoesNotAct() throws Exception {
    bench.driver.does(
        (act, call) -> {
          try {
            call.acting();
          } catch (DeviceException e) {
            throw new DeviceException(ErrorCode.TIMEOUT, "as a driver might put it", e);
          }
          throw new AssertionError("it acted");
        });
    bench.start();
    bench.await(State.READY);
    Ticket ticket = bench.new Ticket("a", LaneBench.AMPLE, LaneBench.AMPLE);
    ticket.acting =
        () -> {
          throw new DeviceException(ErrorCode.STORAGE_FULL, "no space");
        };
    bench.lane.submit(ticket.job);

    assertThat(ticket.end()).isInstanceOf(Outcome.Failed.class);
    assertThat(ticket.code()).isEqualTo("STORAGE_FULL");
    assertThat(bench.driver.closed()).isZero();
  }

  @Test
  void anAgentThatStopsIsToldApartFromAClientThatCancels() throws Exception {
    bench.driver.does(this::untilCancelled);
    Ticket ticket = running();

    bench.lane.close();

    assertThat(ticket.code()).isEqualTo("STOPPING");
    assertThat(ticket.end()).isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void oneThatExpiresBehindALongOneIsToldAtOnce() throws Exception {
    Held held = new Held();
    bench.driver.does(
        (act, call) -> {
          held.hold();
          return new Acted(act.word());
        });
    bench.start();
    Ticket first = bench.submit("first");
    held.awaitEntered();
    Ticket second = bench.submit("second", Duration.ofMillis(30), LaneBench.AMPLE);
    Ticket third = bench.submit("third");

    assertThat(second.end()).isInstanceOf(Outcome.Expired.class);
    assertThat(first.outcome).isNotDone();
    held.release();
    assertThat(third.end()).isInstanceOf(Outcome.Succeeded.class);
    assertThat(bench.driver.runs()).isEqualTo(2);
  }

  @Test
  void theEffectIsKnownBeforeACommandIsQueued() throws Exception {
    Command act = Command.of("a", new ScriptedDriver.Act("a"), LaneBench.AMPLE);
    Command status = Command.of("b", new ReadDeviceStatus(), LaneBench.AMPLE);
    bench.driver.effect(Effect.SAFE);
    assertThat(bench.lane.check(act).effect()).isEqualTo(Effect.PHYSICAL); // nobody knows yet
    assertThat(bench.lane.check(status).effect()).isEqualTo(Effect.SAFE);

    bench.start();
    bench.await(State.READY);

    assertThat(bench.lane.check(act).effect()).isEqualTo(Effect.SAFE);
  }

  /** Whoever wins each race, every job ends once, and cancelled only if somebody wanted that. */
  @Test
  void aThousandRandomInterleavingsEndEachJobOnce() throws Exception {
    long seed = 20260722;
    Random random = new Random(seed);
    bench.driver.does(
        (act, call) -> {
          int way = Integer.parseInt(act.word());
          if (way % 3 == 0) {
            call.acting();
          }
          spin(way);
          if (way % 2 == 0 && call.cancelled()) {
            throw new DeviceException(ErrorCode.STOPPING, "stopped");
          }
          return new Acted(act.word());
        });
    bench.start();
    bench.await(State.READY);
    ExecutorService clients = Executors.newFixedThreadPool(3);
    try {
      for (int i = 0; i < 1000; i++) {
        String word = Integer.toString(random.nextInt(40));
        Duration expiry = random.nextInt(10) == 0 ? Duration.ofMillis(1) : LaneBench.AMPLE;
        Ticket before = bench.submit(Integer.toString(random.nextInt(10)));
        Ticket ticket = bench.submit(word, expiry, LaneBench.AMPLE);
        int pause = random.nextInt(60);
        Future<Place> one = clients.submit(() -> cancel(ticket, pause));
        Future<Place> other = clients.submit(() -> cancel(ticket, pause));
        Place first = one.get(20, TimeUnit.SECONDS);
        Place second = other.get(20, TimeUnit.SECONDS);
        Outcome outcome = ticket.end();

        assertThat(before.end()).as("seed %d, %d", seed, i).isInstanceOf(Outcome.Succeeded.class);
        assertThat(first == Place.WAITING && second == Place.WAITING).isFalse();
        if (first == Place.WAITING || second == Place.WAITING) {
          assertThat(outcome).isInstanceOf(Outcome.Cancelled.class);
        }
        if (first == Place.ABSENT && second == Place.ABSENT) {
          assertThat(outcome).isNotInstanceOf(Outcome.Cancelled.class);
        }
      }
    } finally {
      clients.shutdownNow();
      assertThat(clients.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  private Place cancel(Ticket ticket, int pause) {
    spin(pause);
    return bench.lane.cancel(ticket.job);
  }

  private static void spin(int rounds) {
    for (int i = 0; i < rounds * 200; i++) {
      Thread.onSpinWait();
    }
  }

  private Ticket running() throws Exception {
    bench.start();
    bench.await(State.READY);
    Ticket ticket = bench.submit("a");
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    return ticket;
  }

  private Acted untilCancelled(ScriptedDriver.Act act, Call call) throws DeviceException {
    begun.countDown();
    awaitCancelled(call);
    throw new DeviceException(ErrorCode.STOPPING, "stopped: " + act.word());
  }

  private static void awaitCancelled(Call call) {
    while (!call.cancelled()) {
      LockSupport.parkNanos(100_000);
    }
  }
}
