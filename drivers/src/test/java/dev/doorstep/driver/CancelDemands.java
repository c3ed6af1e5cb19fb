package dev.doorstep.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.protocol.Effect;
import dev.doorstep.protocol.ErrorCode;
import java.time.Duration;
import java.util.Optional;

/** What a driver owes to a client that cancels. */
final class CancelDemands {
  private static final Duration AMPLE = Duration.ofSeconds(10);

  private CancelDemands() {}

  /** What acts must stop; what does no harm may as well be finished. */
  static void demandNothingDone(Device device, Sample<?, ?> sample, TestCall call) {
    Optional<DeviceException> stopped = Optional.empty();
    try {
      sample.carryOut(device, call);
    } catch (DeviceException e) {
      stopped = Optional.of(e);
    }
    assertThat(call.acts()).isZero();
    if (sample.effect(device) == Effect.PHYSICAL || stopped.isPresent()) {
      assertThat(stopped.map(DeviceException::code)).contains(ErrorCode.STOPPING);
      assertThat(stopped.orElseThrow().inDoubt()).isFalse();
    }
  }

  /** Right away and over the same line. */
  static void demandUsable(Bench bench, Device device, Sample<?, ?> sample) throws DeviceException {
    assertThat(device.probe(Deadline.after(AMPLE)).cause()).isEmpty();
    device.idle(Deadline.after(AMPLE));
    bench.prepare();
    sample.carryOut(device, new TestCall(AMPLE));
  }
}
