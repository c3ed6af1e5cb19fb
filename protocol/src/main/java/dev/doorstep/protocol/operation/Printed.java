package dev.doorstep.protocol.operation;

import dev.doorstep.protocol.OpenEnum;
import java.util.Objects;

/**
 * The result of a print: how far the truth goes.
 *
 * @param state what is known of the paper
 */
public record Printed(OpenEnum<State> state) {
  /** Checks that there is a state. */
  public Printed {
    Objects.requireNonNull(state, "state is missing");
  }

  /** What is known of the paper. */
  public enum State {
    /** The job was handed on; nothing is known of the paper. */
    SPOOLED,
    /** The device itself said, after the last byte, that it is printed. */
    PRINTED,
    /** Everything was sent, and the device cannot say what became of it. */
    UNVERIFIABLE
  }
}
