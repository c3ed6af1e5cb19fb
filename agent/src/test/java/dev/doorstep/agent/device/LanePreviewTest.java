package dev.doorstep.agent.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.agent.device.LaneBench.Ticket;
import dev.doorstep.agent.device.ScriptedDriver.Acted;
import dev.doorstep.driver.Call;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.DeviceStatus.State;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.Outcome;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pictures on the way of a command that gives way to others. */
class LanePreviewTest {
  private static final byte[] PICTURE = {1, 2, 3};
  private final LaneBench bench = new LaneBench();

  @BeforeEach
  void start() {
    bench.driver.does(
        (act, call) -> act.word().equals("preview") ? preview(call) : new Acted(act.word()));
    bench.start().await(State.READY);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void picturesGoToTheListenerUntilAnotherCommandWaits() throws Exception {
    Ticket preview = bench.submit("preview");
    awaitPictures(preview, 3);
    assertThat(preview.pictures).allMatch(picture -> picture == PICTURE);

    Ticket capture = bench.submit("capture");

    assertThat(capture.end()).isEqualTo(new Outcome.Succeeded(new Acted("capture")));
    assertThat(preview.end()).isEqualTo(new Outcome.Succeeded(new Acted("yielded")));
  }

  @Test
  void aPreviewThatIsCancelledIsCancelled() throws Exception {
    Ticket preview = bench.submit("preview");
    awaitPictures(preview, 1);

    bench.lane.cancel(preview.job);

    assertThat(preview.end()).isInstanceOf(Outcome.Cancelled.class);
  }

  @Test
  void aDriverThatWasGivenUpShowsNothingMore() throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch late = new CountDownLatch(1);
    bench.driver.does(
        (act, call) -> {
          call.output().preview(PICTURE);
          await(stuck);
          assertThat(call.output().preview(PICTURE)).isFalse();
          late.countDown();
          return new Acted("late");
        });
    Ticket preview = bench.submit("preview", LaneBench.AMPLE, Duration.ofMillis(100));

    assertThat(preview.code()).isEqualTo("DRIVER_HUNG");
    stuck.countDown();
    await(late);
    assertThat(preview.pictures).hasSize(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(LaneBench.AMPLE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitPictures(Ticket preview, int most) {
    Awaitility.await().atMost(LaneBench.AMPLE).until(() -> preview.pictures.size() >= most);
  }

  /** As a camera's driver does. */
  private static Acted preview(Call call) throws DeviceException {
    while (call.output().preview(PICTURE)) {
      LockSupport.parkNanos(1_000_000);
    }
    if (call.cancelled()) {
      throw new DeviceException(ErrorCode.STOPPING, "cancelled");
    }
    return new Acted("yielded");
  }
}
