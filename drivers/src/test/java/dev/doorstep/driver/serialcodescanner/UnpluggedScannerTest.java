package dev.doorstep.driver.serialcodescanner;

import dev.doorstep.driver.LocalDevice;
import dev.doorstep.driver.PseudoTerminals;
import dev.doorstep.driver.TestCall;
import dev.doorstep.driver.Unplugging;
import dev.doorstep.protocol.operation.ReadCode;
import dev.doorstep.simulator.device.Cable;
import dev.doorstep.simulator.device.CodeScanner;
import dev.doorstep.simulator.device.PtyWire;
import dev.doorstep.simulator.device.TcpWire;
import dev.doorstep.simulator.testing.RealComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
@PseudoTerminals
class UnpluggedScannerTest {
  private final CodeScanner scanner = new CodeScanner();

  @Test
  void aHundredTimesOnTcp() throws Exception {
    try (TcpWire wire = TcpWire.serve(scanner, 0)) {
      demand("tcp:127.0.0.1:" + wire.port(), wire);
    }
  }

  @Test
  @RealComponent("socat")
  void aHundredTimesOnASerialLine(@TempDir Path folder) throws Exception {
    try (PtyWire wire = PtyWire.serve(scanner, folder.resolve("scanner"))) {
      demand("serial:" + wire.path(), wire);
    }
  }

  private void demand(String connection, Cable cable) throws Exception {
    new Unplugging(
            () -> {
              scanner.take();
              return LocalDevice.open(
                  new SerialCodeScannerDriver(), connection, Map.of("trigger", "true"));
            },
            cable)
        .demand(
            100,
            new ReadCode(Duration.ofSeconds(5)),
            (TestCall call) -> !call.notes().isEmpty(),
            () -> scanner.showQr("again", StandardCharsets.US_ASCII));
  }
}
