package dev.doorstep.driver.serialpad;

import dev.doorstep.driver.LocalDevice;
import dev.doorstep.driver.PseudoTerminals;
import dev.doorstep.driver.TestCall;
import dev.doorstep.driver.Unplugging;
import dev.doorstep.protocol.operation.AskEvaluation;
import dev.doorstep.simulator.device.Cable;
import dev.doorstep.simulator.device.KeyPad;
import dev.doorstep.simulator.device.PtyWire;
import dev.doorstep.simulator.device.TcpWire;
import dev.doorstep.simulator.testing.RealComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
@PseudoTerminals
class UnpluggedPadTest {
  private final KeyPad pad = KeyPad.framed();

  @Test
  void aHundredTimesOnTcp() throws Exception {
    try (TcpWire wire = TcpWire.serve(pad, 0)) {
      demand("tcp:127.0.0.1:" + wire.port(), wire);
    }
  }

  @Test
  @RealComponent("socat")
  void aHundredTimesOnASerialLine(@TempDir Path folder) throws Exception {
    try (PtyWire wire = PtyWire.serve(pad, folder.resolve("pad"))) {
      demand("serial:" + wire.path(), wire);
    }
  }

  private void demand(String connection, Cable cable) throws Exception {
    new Unplugging(
            () -> {
              pad.willStayAway();
              return LocalDevice.open(
                  new SerialPadDriver(), connection, Map.of("model", "example-framed"));
            },
            cable)
        .demand(
            100,
            AskEvaluation.plain(Optional.empty(), Optional.empty(), Duration.ofSeconds(5)),
            (TestCall call) -> !call.notes().isEmpty(),
            () -> pad.willPress("SATISFIED"));
  }
}
