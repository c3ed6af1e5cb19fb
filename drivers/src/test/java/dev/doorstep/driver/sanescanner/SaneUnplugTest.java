package dev.doorstep.driver.sanescanner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.Footprint;
import dev.doorstep.driver.LocalDevice;
import dev.doorstep.driver.TestCall;
import dev.doorstep.driver.scan.Wanted;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.CaptureDocument.Color;
import dev.doorstep.protocol.operation.CaptureDocument.Format;
import dev.doorstep.simulator.testing.RealComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real daemon is killed, or left, in the middle of a page. */
@RealComponent("saned")
class SaneUnplugTest {
  private static final int TIMES = 100;
  private static final Duration AMPLE = Duration.ofSeconds(20);

  /** A page of which each buffer takes a fifth of a second. */
  private static final Map<String, String> SLOW =
      Map.of("read-delay", "true", "read-delay-duration", "200000");

  private Saned saned;

  @BeforeEach
  void plugIn(@TempDir Path folder) {
    saned = Saned.start(folder);
  }

  @AfterEach
  void close() {
    saned.close();
  }

  @Test
  @Timeout(value = 180, unit = TimeUnit.SECONDS)
  void unpluggedInMidPageAHundredTimesItWorksAgainEachTimeAndNothingIsLeft() throws Exception {
    int disconnected = 0;
    scan();
    Footprint before = Footprint.now();
    for (int time = 0; time < TIMES; time++) {
      saned.set(SLOW);
      try (LocalDevice device = open()) {
        TestCall call = new TestCall(AMPLE);
        CompletableFuture<ErrorCode> scanning = device.failure(page(), call);
        await().atMost(AMPLE).pollInterval(Duration.ofMillis(2)).until(() -> asked(call));
        saned.unplug();
        ErrorCode code = scanning.get(10, TimeUnit.SECONDS);
        // The second, if it went between the page's begin and the data connection.
        assertThat(code).isIn(ErrorCode.DISCONNECTED, ErrorCode.NOT_CONNECTED);
        disconnected += code == ErrorCode.DISCONNECTED ? 1 : 0;
      }
      if (time % 20 == 0) {
        assertThatThrownBy(() -> open().close())
            .isInstanceOfSatisfying(
                DeviceException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_CONNECTED));
      }
      saned.set(Map.of());
      saned.plugIn();
      scan();
    }
    assertThat(disconnected).isGreaterThan(TIMES / 2);
    Footprint.awaitNoMoreThan(before);
  }

  @Test
  void cancelledInMidPageTheNextScanWorksAtOnce() throws Exception {
    try (LocalDevice device = open()) {
      for (boolean feeder : new boolean[] {false, true}) {
        saned.set(SLOW);
        TestCall call = new TestCall(AMPLE);
        CaptureDocument wanted = feeder ? Wanted.fed(Format.PDF, Optional.empty()) : page();
        CompletableFuture<ErrorCode> scanning = device.failure(wanted, call);
        await().atMost(AMPLE).until(() -> asked(call));
        call.cancel();
        assertThat(scanning.get(6, TimeUnit.SECONDS)).isEqualTo(ErrorCode.STOPPING);
        saned.set(Map.of());
        assertThat(device.run(Wanted.fed(Format.PDF, Optional.of(2))).pages()).isEqualTo(2);
      }
    }
  }

  @Test
  void aPageThatTakesTooLongIsATimeoutAndTheNextScanWorks() throws Exception {
    try (LocalDevice device = open()) {
      saned.set(SLOW);
      SaneScannerTest.demand(ErrorCode.TIMEOUT, device, page(), Duration.ofSeconds(1));
      saned.set(Map.of());
      await()
          .atMost(AMPLE)
          .ignoreExceptionsMatching(e -> e instanceof DeviceException) // still in use
          .until(() -> device.run(page()).pages() == 1);
    }
  }

  private static boolean asked(TestCall call) {
    return !call.notes().isEmpty();
  }

  /** Of some hundred buffers. */
  private static CaptureDocument page() {
    return Wanted.flat(Format.JPEG, 300, Color.COLOR);
  }

  private void scan() throws DeviceException {
    try (LocalDevice device = open()) {
      assertThat(device.run(Wanted.flat(Format.JPEG, 50, Color.GRAY)).pages()).isOne();
    }
  }

  private LocalDevice open() throws DeviceException {
    return LocalDevice.open(new SaneScannerDriver(), saned.connection());
  }
}
