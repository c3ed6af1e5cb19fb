package dev.doorstep.protocol.operation;

import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.OperationType;
import dev.doorstep.protocol.constraint.Bounds;
import dev.doorstep.protocol.constraint.Matches;
import java.util.List;
import java.util.Objects;

/**
 * {@code agent.resend}: has the point send pieces of a result's document again.
 *
 * @param blob the document's id
 * @param pieces their numbers, counted from 0; 1 to 1 000 of them
 */
public record ResendPieces(
    @Matches(Matches.NAME) String blob,
    @Bounds(min = 1, max = 1000) List<@Bounds(min = 0) Integer> pieces)
    implements Operation<Resent> {
  /** The operation's type. */
  public static final OperationType<ResendPieces, Resent> TYPE =
      new OperationType<>("agent.resend", ResendPieces.class, Resent.class);

  private static final int MOST = 1000;

  /** Checks the name and the numbers. */
  public ResendPieces {
    Names.check("blob", Objects.requireNonNull(blob, "blob is missing"));
    pieces = List.copyOf(Objects.requireNonNullElse(pieces, List.of()));
    if (pieces.isEmpty() || pieces.size() > MOST) {
      throw new IllegalArgumentException("pieces must be 1 to 1000 numbers");
    }
    if (pieces.stream().anyMatch(n -> n < 0)) {
      throw new IllegalArgumentException("pieces are counted from 0");
    }
  }

  @Override
  public OperationType<ResendPieces, Resent> type() {
    return TYPE;
  }
}
