package dev.doorstep.driver.esclscanner;

import static org.assertj.core.api.Assertions.assertThat;
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
import dev.doorstep.protocol.operation.CaptureDocument.Source;
import dev.doorstep.simulator.device.EsclScanner;
import dev.doorstep.simulator.device.ScannerFault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The scanner is unplugged in the middle of a page. */
class EsclUnplugTest {
  private static final int TIMES = 100;
  private static final Duration AMPLE = Duration.ofSeconds(20);
  private final ExecutorService lane = Executors.newSingleThreadExecutor();
  private final EsclScanner scanner = EsclScanner.start(0);

  @AfterEach
  void close() {
    lane.shutdownNow();
    scanner.close();
  }

  @Test
  @Timeout(value = 180, unit = TimeUnit.SECONDS)
  void unpluggedInMidPageAHundredTimesItWorksAgainEachTimeAndNothingIsLeft() throws Exception {
    try (LocalDevice device =
        LocalDevice.open(
            new EsclScannerDriver(), "escl:" + scanner.url(), Map.of("area", "20x20"))) {
      scan(device, false);
      Footprint before = Footprint.now();
      for (int time = 0; time < TIMES; time++) {
        boolean feeder = time % 2 == 0;
        scanner.feed(Sheets.stack(2));
        scanner.fault(ScannerFault.STALL);
        CompletableFuture<ErrorCode> scanning =
            CompletableFuture.supplyAsync(() -> code(device, feeder), lane);
        await().atMost(AMPLE).pollInterval(Duration.ofMillis(2)).until(scanner::stalled);
        scanner.stop();
        assertThat(scanning.get(10, TimeUnit.SECONDS)).isEqualTo(ErrorCode.DISCONNECTED);
        if (time % 20 == 0) {
          assertThat(code(device, false)).isEqualTo(ErrorCode.NOT_CONNECTED);
        }
        scanner.clear();
        scan(device, feeder);
      }
      Footprint.awaitNoMoreThan(before);
    }
  }

  private static ErrorCode code(LocalDevice device, boolean feeder) {
    try {
      scan(device, feeder);
      return ErrorCode.INTERNAL;
    } catch (DeviceException e) {
      return e.code();
    }
  }

  private static void scan(LocalDevice device, boolean feeder) throws DeviceException {
    CaptureDocument wanted =
        Wanted.of(
            Format.PDF,
            feeder ? Source.FEEDER : Source.FLAT,
            Optional.of(1),
            Optional.of(75),
            Color.GRAY);
    assertThat(device.run(wanted, new TestCall(AMPLE)).pages()).isOne();
  }
}
