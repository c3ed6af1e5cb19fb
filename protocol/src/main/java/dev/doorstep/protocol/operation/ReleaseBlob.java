package dev.doorstep.protocol.operation;

import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.OperationType;
import dev.doorstep.protocol.constraint.Matches;
import java.util.Objects;

/**
 * {@code agent.release}: lets go of a document of this client, one that came with a result or one
 * that it uploaded.
 *
 * @param blob the document's id
 */
public record ReleaseBlob(@Matches(Matches.NAME) String blob) implements Operation<Released> {
  /** The operation's type. */
  public static final OperationType<ReleaseBlob, Released> TYPE =
      new OperationType<>("agent.release", ReleaseBlob.class, Released.class);

  /** Checks the name. */
  public ReleaseBlob {
    Names.check("blob", Objects.requireNonNull(blob, "blob is missing"));
  }

  @Override
  public OperationType<ReleaseBlob, Released> type() {
    return TYPE;
  }
}
