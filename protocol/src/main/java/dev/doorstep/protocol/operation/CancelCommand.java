package dev.doorstep.protocol.operation;

import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.OperationType;
import dev.doorstep.protocol.constraint.Matches;
import java.util.Objects;

/**
 * {@code agent.cancel}: ends a command of the same client that waits or runs.
 *
 * @param id the command's id
 */
public record CancelCommand(@Matches(Matches.NAME) String id) implements Operation<Cancellation> {
  /** The operation's type. */
  public static final OperationType<CancelCommand, Cancellation> TYPE =
      new OperationType<>("agent.cancel", CancelCommand.class, Cancellation.class);

  /** Checks the id. */
  public CancelCommand {
    Names.check("id", Objects.requireNonNull(id, "id is missing"));
  }

  @Override
  public OperationType<CancelCommand, Cancellation> type() {
    return TYPE;
  }
}
