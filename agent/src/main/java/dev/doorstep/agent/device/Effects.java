package dev.doorstep.agent.device;

import dev.doorstep.driver.Operations;
import dev.doorstep.protocol.BlobReferences;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Command;
import dev.doorstep.protocol.Effect;
import dev.doorstep.protocol.InvalidMessageException;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.operation.ReadDeviceStatus;
import java.util.Optional;

/** What commands do to the world, as their driver tells; the careful answer where it cannot. */
final class Effects {
  private Effects() {}

  /**
   * Reads a command's parameters, and tells what it does.
   *
   * @throws InvalidMessageException if the device does not take the parameters
   */
  static Checked of(Command command, Optional<Operations> operations)
      throws InvalidMessageException {
    if (command.operation().equals(ReadDeviceStatus.TYPE.name())) {
      Operation<?> none = Codec.parameters(ReadDeviceStatus.TYPE, command.parameters());
      return new Checked(Effect.SAFE, Optional.of(none));
    }
    Optional<Operations.Entry<?, ?>> entry =
        operations.flatMap(table -> table.find(command.operation()));
    return entry.isPresent() ? checked(entry.get(), command) : Checked.UNKNOWN;
  }

  private static <P extends Operation<R>, R> Checked checked(
      Operations.Entry<P, R> entry, Command command) throws InvalidMessageException {
    P parameters = Codec.parameters(entry.type(), command.parameters());
    boolean whole = BlobReferences.in(command.parameters()).isEmpty();
    return new Checked(
        effect(entry, parameters), whole ? Optional.of(parameters) : Optional.empty());
  }

  private static <P extends Operation<R>, R> Effect effect(
      Operations.Entry<P, R> entry, P parameters) {
    try {
      return entry.effect().apply(parameters);
    } catch (RuntimeException e) {
      Defects.log(entry.type().name(), e);
      return Effect.PHYSICAL;
    }
  }
}
