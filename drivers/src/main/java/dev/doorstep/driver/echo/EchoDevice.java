package dev.doorstep.driver.echo;

import dev.doorstep.driver.Call;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceHealth;
import dev.doorstep.driver.Operations;
import dev.doorstep.driver.transport.Transport;
import dev.doorstep.protocol.Effect;
import dev.doorstep.protocol.ErrorCode;
import java.util.List;
import java.util.Optional;

/** An open device that says back what it is told. */
final class EchoDevice implements Device {
  private final Transport transport;
  private final Operations operations =
      Operations.of(Operations.entry(Say.TYPE, Effect.SAFE, this::say));

  EchoDevice(Transport transport) {
    this.transport = transport;
  }

  @Override
  public Operations operations() {
    return operations;
  }

  @Override
  public DeviceHealth probe(Deadline deadline) throws DeviceException {
    String model = ask(new EchoLine("HELLO", ""), deadline);
    return new DeviceHealth(Optional.of(model), Optional.empty(), Optional.empty(), List.of());
  }

  /** Nothing: the device tells nothing by itself. */
  @Override
  public void idle(Deadline deadline) {}

  /** Nothing to let go of but the line, which is the lane's. */
  @Override
  public void close() {}

  private Said say(Say parameters, Call call) throws DeviceException {
    return new Said(ask(new EchoLine("SAY", parameters.text()), call.deadline()));
  }

  private String ask(EchoLine request, Deadline deadline) throws DeviceException {
    transport.discardInput();
    transport.write(request.bytes(), deadline);
    EchoLine response = EchoLine.read(transport, deadline);
    return switch (response.word()) {
      case "OK" -> response.text();
      case "ERR" -> throw new DeviceException(ErrorCode.DEVICE_FAULT, response.text());
      default ->
          throw new DeviceException(
              ErrorCode.GARBLED, "neither OK nor ERR: " + response.bytes().length + " bytes");
    };
  }
}
