package dev.doorstep.protocol.operation;

import dev.doorstep.protocol.OpenEnum;
import java.util.Objects;

/**
 * The result of {@code agent.cancel}; told once the command has ended.
 *
 * @param answer what became of the wish
 */
public record Cancellation(OpenEnum<Answer> answer) {
  /** Checks that there is an answer. */
  public Cancellation {
    Objects.requireNonNull(answer, "answer is missing");
  }

  /** What became of the wish to cancel. */
  public enum Answer {
    /** The command ended {@code cancelled}; the device was proven usable since. */
    CANCELLED,
    /** The command had ended, or went on to another end. */
    TOO_LATE,
    /** The client has no such command. */
    NOT_FOUND
  }
}
