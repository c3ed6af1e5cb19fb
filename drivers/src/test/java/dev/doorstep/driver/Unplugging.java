package dev.doorstep.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.Operation;
import dev.doorstep.simulator.device.Cable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A device that is unplugged in the middle of an operation and plugged in again, many times: each
 * time the operation ends with {@code DISCONNECTED}, the device works again, and at the end there
 * are no more threads, handles and processes than after the first time.
 */
public final class Unplugging {
  private static final Duration AMPLE = Duration.ofSeconds(10);
  private static final Duration IN_TIME = Duration.ofSeconds(15);

  private final Opening opening;
  private final Cable cable;

  /** A device on a cable. */
  public Unplugging(Opening opening, Cable cable) {
    this.opening = opening;
    this.cable = cable;
  }

  /** How often a device is unplugged whose end takes its time; {@code -Ddoorstep.unplugs=100}. */
  public static int times(int usually) {
    return Integer.getInteger("doorstep.unplugs", usually);
  }

  /** Opens the device as a lane does. */
  public interface Opening {
    /** With wires of its own. */
    LocalDevice open() throws DeviceException;
  }

  /**
   * Demands it so many times.
   *
   * @param middle whether the operation is in the middle
   * @param ready brings the device into the state in which the operation succeeds
   */
  public <P extends Operation<R>, R> void demand(
      int times, P operation, Predicate<TestCall> middle, Runnable ready) throws Exception {
    ExecutorService lane = Executors.newSingleThreadExecutor(Trials::thread);
    try {
      round(operation, middle, ready, lane);
      Footprint before = Footprint.now();
      for (int i = 1; i < times; i++) {
        round(operation, middle, ready, lane);
      }
      Footprint.awaitNoMoreThan(before);
    } finally {
      lane.shutdownNow();
    }
  }

  private <P extends Operation<R>, R> void round(
      P operation, Predicate<TestCall> middle, Runnable ready, ExecutorService lane)
      throws Exception {
    try (LocalDevice device = opened()) {
      TestCall call = new TestCall(AMPLE);
      Future<Optional<DeviceException>> end =
          lane.submit(
              () -> {
                try {
                  device.run(operation, call);
                  return Optional.empty();
                } catch (DeviceException e) {
                  return Optional.of(e);
                }
              });
      await().pollInterval(Duration.ofMillis(2)).atMost(AMPLE).until(() -> middle.test(call));
      cable.stop();
      assertThat(end.get(IN_TIME.toMillis(), TimeUnit.MILLISECONDS).map(DeviceException::code))
          .contains(ErrorCode.DISCONNECTED);
    }
    cable.start();
    assertThat(runAgain(operation, ready)).isNotNull();
  }

  /** On a device that came back; once more if its line, just laid, hung up before it acted. */
  private <P extends Operation<R>, R> R runAgain(P operation, Runnable ready)
      throws DeviceException {
    TestCall first = new TestCall(AMPLE);
    try (LocalDevice device = opened()) {
      ready.run();
      return device.run(operation, first);
    } catch (DeviceException e) {
      if (e.code() != ErrorCode.DISCONNECTED || first.acts() > 0) {
        throw e;
      }
    }
    try (LocalDevice device = opened()) {
      ready.run();
      return device.run(operation, new TestCall(AMPLE));
    }
  }

  /** As a lane does, which tries again: a line that was just laid may hang up once. */
  private LocalDevice opened() throws DeviceException {
    Deadline end = Deadline.after(AMPLE);
    while (true) {
      try {
        return opening.open();
      } catch (DeviceException e) {
        if (end.expired()) {
          throw e;
        }
      }
    }
  }
}
