package dev.doorstep.agent.blob;

import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.OperationType;

/** An operation with a document. */
record Copy(Content document) implements Operation<String> {
  static final OperationType<Copy, String> TYPE =
      new OperationType<>("x-test.copy", Copy.class, String.class);

  @Override
  public OperationType<Copy, String> type() {
    return TYPE;
  }
}
