package dev.doorstep.protocol.operation;

import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.OperationType;
import dev.doorstep.protocol.constraint.Also;
import java.util.Objects;

/**
 * {@code agent.received}: which pieces of an upload the point has not got.
 *
 * @param document the document that is being uploaded
 */
@Also(
    """
    {"allOf":[{"properties":{"document":{"required":["blob"],"properties":{"blob":{"type":"object"}}}}}]}
    """)
public record CountReceived(Content document) implements Operation<Received> {
  /** The operation's type. */
  public static final OperationType<CountReceived, Received> TYPE =
      new OperationType<>("agent.received", CountReceived.class, Received.class);

  /** Checks that it travels as a blob. */
  public CountReceived {
    if (!(Objects.requireNonNull(document, "document is missing") instanceof Content.Blob)) {
      throw new IllegalArgumentException("document must be a blob");
    }
  }

  @Override
  public OperationType<CountReceived, Received> type() {
    return TYPE;
  }
}
