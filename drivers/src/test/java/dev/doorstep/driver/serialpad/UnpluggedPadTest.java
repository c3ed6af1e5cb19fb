package dev.doorstep.driver.serialpad;

import dev.doorstep.driver.UnpluggedContract;
import dev.doorstep.protocol.operation.AskEvaluation;
import dev.doorstep.simulator.device.KeyPad;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

class UnpluggedPadTest extends UnpluggedContract {
  @Override
  protected Part part() {
    KeyPad pad = KeyPad.framed();
    return new Part(
        pad,
        new SerialPadDriver(),
        Map.of("model", "example-framed"),
        100,
        AskEvaluation.plain(Optional.empty(), Optional.empty(), Duration.ofSeconds(5)),
        call -> !call.notes().isEmpty(),
        pad::willStayAway,
        () -> pad.willPress("SATISFIED"));
  }
}
