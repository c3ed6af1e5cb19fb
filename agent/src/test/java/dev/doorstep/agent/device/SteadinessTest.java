package dev.doorstep.agent.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.driver.DeviceHealth;
import dev.doorstep.driver.Subject;
import dev.doorstep.driver.transport.ScreenSource;
import dev.doorstep.protocol.DeviceStatus;
import dev.doorstep.protocol.DeviceStatus.Layer;
import dev.doorstep.protocol.DeviceStatus.State;
import dev.doorstep.protocol.ErrorCode;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SteadinessTest {
  private final AtomicLong ticks = new AtomicLong(Long.MAX_VALUE - 1000); // it wraps around
  private final List<DeviceStatus> told = new ArrayList<>();
  private final StatusBoard board =
      new StatusBoard(
          ScriptedDriver.settings("device"),
          new ScriptedDriver().info(),
          new Surroundings(
              "session", Locale.ENGLISH, Clock.systemUTC(), ScreenSource.NONE, new Told()),
          ticks::get);
  private final StatusBoard.Pen pen = board.new Pen();

  @BeforeEach
  void begin() {
    pen.take();
    pen.healthy(DeviceHealth.GOOD);
  }

  @Test
  void aDeviceThatComesAndGoesIsUnsteadyUntilItHasHeld() {
    for (int i = 0; i < 3; i++) {
      flap(Duration.ofSeconds(5));
      demand(State.READY);
    }
    flap(Duration.ofSeconds(5));
    demandUnsteady();
    int changes = told.size();

    for (int i = 0; i < 20; i++) {
      flap(Duration.ofSeconds(3));
    }
    assertThat(told).hasSize(changes); // nobody is bothered with each

    pass(Duration.ofSeconds(18));
    pen.look();
    demandUnsteady();
    pass(Duration.ofSeconds(2));
    pen.look();
    demand(State.READY);
    assertThat(board.status().cause()).isEmpty();
  }

  @Test
  void oneThatStaysAwayIsToldWithItsCauseAtLast() {
    for (int i = 0; i < 4; i++) {
      flap(Duration.ofSeconds(1));
    }
    pen.offline(Causes.of(ErrorCode.NOT_CONNECTED, Locale.ENGLISH));
    demandUnsteady();
    pass(Duration.ofSeconds(21));
    pen.offline(Causes.of(ErrorCode.NOT_CONNECTED, Locale.ENGLISH));
    demand(State.OFFLINE);
    assertThat(code()).isEqualTo("NOT_CONNECTED");
  }

  @Test
  void losesOverALongTimeAreNoUnsteadiness() {
    for (int i = 0; i < 20; i++) {
      flap(Duration.ofSeconds(21));
      demand(State.READY);
    }
  }

  @Test
  void aPenThatWasPutDownWritesNoMore() {
    pen.putDown(Causes.of(ErrorCode.DRIVER_HUNG, Locale.ENGLISH));
    pen.healthy(DeviceHealth.GOOD);
    pen.busy(true);
    demand(State.OFFLINE);
    StatusBoard.Pen next = board.new Pen();
    next.take();
    next.healthy(DeviceHealth.GOOD);
    pen.offline(Causes.of(ErrorCode.TIMEOUT, Locale.ENGLISH));
    pen.putDown(Causes.of(ErrorCode.TIMEOUT, Locale.ENGLISH));
    next.busy(true);
    demand(State.BUSY);
  }

  @ParameterizedTest
  @CsvSource({
    "OUT_OF_PAPER, SUPPLY",
    "COVER_OPEN, DEVICE",
    "DISCONNECTED, LINK",
    "UNSTEADY, LINK",
    "DRIVER_HUNG, AGENT",
    "INTERNAL, AGENT"
  })
  void aCauseNamesItsLayer(ErrorCode code, Layer layer) {
    assertThat(Causes.of(code, Locale.ENGLISH).layer().is(layer)).isTrue();
  }

  private void flap(Duration period) {
    pen.offline(Causes.of(ErrorCode.DISCONNECTED, Locale.ENGLISH));
    pass(period.dividedBy(2));
    pen.healthy(DeviceHealth.GOOD);
    pass(period.dividedBy(2));
  }

  private void pass(Duration time) {
    ticks.addAndGet(time.toNanos());
  }

  private void demand(State state) {
    assertThat(board.status().state().is(state)).as(board.status().toString()).isTrue();
  }

  private void demandUnsteady() {
    demand(State.OFFLINE);
    assertThat(code()).isEqualTo("UNSTEADY");
    assertThat(board.status().cause().orElseThrow().layer().is(Layer.LINK)).isTrue();
  }

  private String code() {
    return board.status().cause().orElseThrow().code().text();
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
