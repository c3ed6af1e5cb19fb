package dev.doorstep.driver.echo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.driver.DriverContract;
import dev.doorstep.driver.Sample;
import dev.doorstep.driver.SimulatedDevice;
import dev.doorstep.simulator.device.TcpWire;
import java.util.List;

class EchoContractTest extends DriverContract {
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
        Sample.of(new Say("你好, echo"), said -> assertThat(said.text()).isEqualTo("你好, echo")));
  }
}
