package dev.doorstep.protocol.operation;

import dev.doorstep.protocol.constraint.Defaulted;
import java.util.List;
import java.util.Objects;

/**
 * The result of {@code agent.received}.
 *
 * @param complete whether all pieces are there and match the digest
 * @param missing the first 1 000 numbers of the pieces that are not
 */
public record Received(boolean complete, @Defaulted("[]") List<Integer> missing) {
  /** Copies the list; absent means empty. */
  public Received {
    missing = List.copyOf(Objects.requireNonNullElse(missing, List.of()));
  }
}
