package dev.doorstep.driver.serialcodescanner;

import dev.doorstep.driver.UnpluggedContract;
import dev.doorstep.protocol.operation.ReadCode;
import dev.doorstep.simulator.device.CodeScanner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

class UnpluggedScannerTest extends UnpluggedContract {
  @Override
  protected Part part() {
    CodeScanner scanner = new CodeScanner();
    return new Part(
        scanner,
        new SerialCodeScannerDriver(),
        Map.of("trigger", "true"),
        100,
        new ReadCode(Duration.ofSeconds(5)),
        call -> !call.notes().isEmpty(),
        scanner::take,
        () -> scanner.showQr("again", StandardCharsets.US_ASCII));
  }
}
