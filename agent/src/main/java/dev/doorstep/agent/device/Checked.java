package dev.doorstep.agent.device;

import dev.doorstep.protocol.Effect;
import dev.doorstep.protocol.Operation;
import java.util.Optional;

/**
 * A command that its device takes, as far as the device is known.
 *
 * @param effect what it does to the world; the careful answer where nobody can tell
 * @param parameters its parameters as they were read; empty if the device was never open, and where
 *     they refer to documents that are to be opened when the command's turn comes
 */
public record Checked(Effect effect, Optional<Operation<?>> parameters) {
  /** What is known of a command before its device is. */
  static final Checked UNKNOWN = new Checked(Effect.PHYSICAL, Optional.empty());
}
