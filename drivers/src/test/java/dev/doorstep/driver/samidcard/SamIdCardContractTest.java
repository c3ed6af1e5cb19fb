package dev.doorstep.driver.samidcard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.driver.DriverContract;
import dev.doorstep.driver.Sample;
import dev.doorstep.driver.SimulatedDevice;
import dev.doorstep.protocol.operation.ReadIdCard;
import dev.doorstep.simulator.device.ResidentCard;
import dev.doorstep.simulator.device.SamReader;
import dev.doorstep.simulator.device.TcpWire;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

class SamIdCardContractTest extends DriverContract {
  private static final ResidentCard CARD = ResidentCard.specimen();

  SamIdCardContractTest() {
    super(new SamIdCardDriver(), "tcp:127.0.0.1:%d");
  }

  @Override
  protected SimulatedDevice start() {
    SamReader reader = new SamReader();
    TcpWire wire = TcpWire.serve(reader, 0);
    return SimulatedDevice.of(wire::port, () -> reader.place(CARD), wire::close);
  }

  @Override
  protected List<Sample<?, ?>> samples() {
    return List.of(
        Sample.of(
                new ReadIdCard(Duration.ofSeconds(5)),
                card -> assertThat(card.number()).contains(CARD.number()))
            .keeping(CARD.name(), CARD.number(), CARD.address(), "19491231"));
  }

  @Override
  protected Optional<Sample<?, ?>> waiting() {
    return Optional.of(samples().get(0));
  }

  @Override
  protected Optional<String> harmlessNoise() {
    return Optional.of("aa 00 aa aa 96 69 aa aa");
  }
}
