package dev.doorstep.protocol.operation;

import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.OperationType;

/**
 * {@code screen.clear}: takes away what {@code screen.show} left on the resident's screen. A task
 * that asks the resident is taken away by {@code agent.cancel}: this one waits for its turn behind
 * it.
 */
public record ClearScreen() implements Operation<Cleared> {
  /** The operation's type. */
  public static final OperationType<ClearScreen, Cleared> TYPE =
      new OperationType<>("screen.clear", ClearScreen.class, Cleared.class);

  @Override
  public OperationType<ClearScreen, Cleared> type() {
    return TYPE;
  }
}
