package dev.doorstep.driver.echo;

import static dev.doorstep.driver.echo.EchoDocumentTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.driver.DriverContract;
import dev.doorstep.driver.Sample;
import dev.doorstep.driver.SimulatedDevice;
import dev.doorstep.protocol.Content;
import dev.doorstep.simulator.device.TcpWire;
import java.util.List;

class EchoContractTest extends DriverContract {
  private static final byte[] DOCUMENT = EchoService.made(1, 20);

  EchoContractTest() {
    super(new EchoDriver(), "tcp:127.0.0.1:%d");
  }

  @Override
  protected SimulatedDevice start() {
    TcpWire wire = TcpWire.serve(new EchoService(), 0);
    return SimulatedDevice.of(wire::port, () -> {}, wire::close);
  }

  @Override
  protected List<Sample<?, ?>> samples() {
    return List.of(
        Sample.of(new Say("你好, echo"), said -> assertThat(said.text()).isEqualTo("你好, echo")),
        Sample.of(
            new CopyDocument(Content.of("a/b", DOCUMENT)),
            copy -> assertThat(bytes(copy)).isEqualTo(DOCUMENT)),
        Sample.of(
            new MakeDocument(30, 7),
            made -> assertThat(bytes(made)).isEqualTo(EchoService.made(7, 30))));
  }
}
