package dev.doorstep.driver.serialpad;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.driver.DriverContract;
import dev.doorstep.driver.Sample;
import dev.doorstep.driver.SimulatedDevice;
import dev.doorstep.protocol.operation.AskEvaluation;
import dev.doorstep.protocol.operation.Evaluation;
import dev.doorstep.protocol.operation.EvaluationLevel;
import dev.doorstep.simulator.device.KeyPad;
import dev.doorstep.simulator.device.TcpWire;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pad that can be asked whether it is there. */
class SerialPadContractTest extends DriverContract {
  SerialPadContractTest() {
    super(new SerialPadDriver(), "tcp:127.0.0.1:%d");
  }

  @Override
  protected SimulatedDevice start() {
    KeyPad pad = KeyPad.framed();
    TcpWire wire = TcpWire.serve(pad, 0);
    return SimulatedDevice.of(wire::port, () -> pad.willPress("SATISFIED"), wire::close);
  }

  @Override
  protected Map<String, String> options() {
    return Map.of("model", "example-framed");
  }

  @Override
  protected List<Sample<?, ?>> samples() {
    return List.of(sample(EvaluationLevel.SATISFIED));
  }

  /** Nobody has come: nobody was told to press. */
  @Override
  protected Optional<Sample<?, ?>> waiting() {
    return Optional.of(sample(EvaluationLevel.SATISFIED));
  }

  @Override
  protected Optional<String> harmlessNoise() {
    return Optional.of("00 ff 5a a5 01 4b 03 4e a5 01");
  }

  private static Sample<AskEvaluation, Evaluation> sample(EvaluationLevel level) {
    return Sample.of(
        AskEvaluation.plain(Optional.empty(), Optional.empty(), Duration.ofSeconds(5)),
        evaluation -> {
          assertThat(evaluation.level().orElseThrow().is(level)).isTrue();
          assertThat(evaluation.channel().orElseThrow().is(Evaluation.Channel.COUNTER_PAD))
              .isTrue();
        });
  }
}
