package dev.doorstep.agent.journal;

import java.util.Optional;

/**
 * What became of a change.
 *
 * @param failure why it is not on disk; empty if it is
 */
public record Written(Optional<JournalException> failure) {
  /** Whether it survives what it has to: the agent's death, and if PHYSICAL the machine's. */
  public boolean safe() {
    return failure.isEmpty();
  }
}
