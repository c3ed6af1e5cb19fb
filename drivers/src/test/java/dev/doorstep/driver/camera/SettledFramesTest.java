package dev.doorstep.driver.camera;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.transport.Patience;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which picture of a camera that was just switched on is the first to be taken. */
class SettledFramesTest {
  private static final Deadline AMPLE = Deadline.after(Duration.ofMinutes(1));

  @Test
  void theFirstIsThatWhichHoldsStill() throws DeviceException {
    Played camera = new Played(9000, 9000, 1000, 2000, 4000, 4100, 4050, 4110, 1, 2);
    try (Frames settled = SettledFrames.of(camera, Patience.until(AMPLE))) {
      assertThat(settled.next().jpeg()).hasSize(4110);
      assertThat(settled.next().jpeg()).hasSize(1);
    }
    assertThat(camera.closed).isTrue();
  }

  @Test
  void theFirstTwoAreNeverTaken() throws DeviceException {
    Played camera = new Played(700, 700, 700, 700, 700, 700, 1);
    try (Frames settled = SettledFrames.of(camera, Patience.until(AMPLE))) {
      assertThat(settled.next().jpeg()).hasSize(700);
      assertThat(camera.left).hasSize(1);
    }
  }

  @Test
  void whereThereIsNoTimeTheFirstIsTaken() throws DeviceException {
    Played camera = new Played(700, 1);
    Deadline over = Deadline.after(Duration.ZERO);
    try (Frames settled = SettledFrames.of(camera, Patience.until(over))) {
      assertThat(settled.next().jpeg()).hasSize(700);
    }
  }

  /** A camera whose pictures have these sizes, one after the other. */
  private static final class Played implements Frames {
    private final Deque<Integer> left;
    private boolean closed;

    Played(Integer... sizes) {
      left = new ArrayDeque<>(List.of(sizes));
    }

    @Override
    public Frame next() {
      return new Frame(new byte[left.remove()], new JpegSize(4, 3));
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
