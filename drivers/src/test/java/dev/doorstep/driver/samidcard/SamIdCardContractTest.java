package dev.doorstep.driver.samidcard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.driver.DriverContract;
import dev.doorstep.driver.Sample;
import dev.doorstep.driver.SimulatedDevice;
import dev.doorstep.protocol.operation.ReadIdCard;
import dev.doorstep.simulator.device.IdentityCard;
import dev.doorstep.simulator.device.ResidentCard;
import dev.doorstep.simulator.device.SamReader;
import dev.doorstep.simulator.device.TcpWire;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

class SamIdCardContractTest extends DriverContract {
  private static final ResidentCard CARD = ResidentCard.specimen();

  private static final IdentityCard FULL =
      CARD.withFingerprints(1024).withAddresses("样本省样本市新址1号", "样本省样本市新址2号");

  SamIdCardContractTest() {
    super(new SamIdCardDriver(), "tcp:127.0.0.1:%d");
  }

  @Override
  protected SimulatedDevice start() {
    SamReader reader = new SamReader();
    TcpWire wire = TcpWire.serve(reader, 0);
    return SimulatedDevice.of(wire::port, () -> reader.place(FULL), wire::close);
  }

  @Override
  protected List<Sample<?, ?>> samples() {
    return List.of(
        Sample.of(
                new ReadIdCard(Duration.ofSeconds(5)),
                card -> assertThat(card.number()).contains(CARD.number()))
            .keeping(CARD.name(), CARD.number(), CARD.address(), "19491231"),
        Sample.of(
                new ReadIdCard(Duration.ofSeconds(5), true, true),
                card -> {
                  assertThat(card.fingerprints()).isPresent();
                  assertThat(card.newestAddress()).contains("样本省样本市新址2号");
                })
            .keeping(CARD.name(), CARD.number(), CARD.address(), "样本省样本市新址2号"));
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
