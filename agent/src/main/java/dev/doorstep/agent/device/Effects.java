package dev.doorstep.agent.device;

import dev.doorstep.driver.Operations;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Command;
import dev.doorstep.protocol.Effect;
import dev.doorstep.protocol.InvalidMessageException;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.operation.ReadDeviceStatus;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What commands do to the world, as their driver tells; the careful answer where it cannot. */
final class Effects {
  private static final Logger log = LoggerFactory.getLogger(Effects.class);

  private Effects() {}

  static Effect of(Command command, Optional<Operations> operations) {
    if (command.operation().equals(ReadDeviceStatus.TYPE.name())) {
      return Effect.SAFE;
    }
    Optional<Operations.Entry<?, ?>> entry =
        operations.flatMap(table -> table.find(command.operation()));
    return entry.isPresent() ? told(entry.get(), command) : Effect.PHYSICAL;
  }

  private static <P extends Operation<R>, R> Effect told(
      Operations.Entry<P, R> entry, Command command) {
    try {
      return entry.effect().apply(Codec.parameters(entry.type(), command.parameters()));
    } catch (InvalidMessageException e) {
      log.debug("{}: {}", command.operation(), e.getMessage()); // it will be rejected
    } catch (RuntimeException e) {
      Defects.log(command.operation(), e);
    }
    return Effect.PHYSICAL;
  }
}
