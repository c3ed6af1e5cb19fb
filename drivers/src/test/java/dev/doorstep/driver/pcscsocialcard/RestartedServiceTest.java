package dev.doorstep.driver.pcscsocialcard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.Footprint;
import dev.doorstep.driver.LocalDevice;
import dev.doorstep.driver.TestCall;
import dev.doorstep.driver.Unplugging;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.ReadSocialCard;
import dev.doorstep.simulator.testing.RealComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service that is killed in the middle of a wait, and comes back. */
@RealComponent("pcscd")
@RealComponent("vpcd")
@SuppressWarnings("try") // a card lies in its reader and is not touched
class RestartedServiceTest {
  private static final Duration TIME = Duration.ofSeconds(15);
  private static final ReadSocialCard READ = new ReadSocialCard(Duration.ofSeconds(10));

  private final SoftCard card = new SoftCard(SocialCardApplet.BY_TAG, GeneratedCard.specimen());

  @Test
  @Timeout(600)
  void isFoundAgainEachTime(@TempDir Path folder) throws Exception {
    try (Pcscd pcscd = Pcscd.start(folder)) {
      round(pcscd);
      Footprint before = Footprint.now();
      for (int i = 1; i < Unplugging.times(10); i++) {
        round(pcscd);
      }
      Footprint.awaitNoMoreThan(before);
      pcscd.kill();
      PcscSocialCardTest.demand(ErrorCode.NOT_CONNECTED, "start the PC/SC service", () -> open());
    }
  }

  private void round(Pcscd pcscd) throws Exception {
    try (LocalDevice device = opened()) {
      TestCall call = new TestCall(TIME);
      CompletableFuture<ErrorCode> end = device.failure(READ, call); // there is no card
      await().pollInterval(Duration.ofMillis(5)).until(() -> !call.notes().isEmpty());
      pcscd.kill();
      assertThat(end).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(ErrorCode.DISCONNECTED);
    }
    pcscd.startAgain();
    try (LocalDevice device = opened();
        CardBridge inserted = CardBridge.insert(pcscd.port(0), card)) {
      assertThat(device.run(READ, new TestCall(TIME)).name()).contains(GeneratedCard.NAME);
    }
    pcscd.awaitEmpty(0);
  }

  /** As a lane does, which tries again. */
  private static LocalDevice opened() throws DeviceException {
    Deadline end = Deadline.after(TIME);
    while (true) {
      try {
        return open();
      } catch (DeviceException e) {
        if (end.expired()) {
          throw e;
        }
      }
    }
  }

  private static LocalDevice open() throws DeviceException {
    return LocalDevice.open(new PcscSocialCardDriver(), "pcsc:*");
  }
}
