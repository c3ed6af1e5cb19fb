package dev.doorstep.protocol.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.constraint.Bounds;
import java.util.Objects;
import java.util.Optional;

/**
 * The result of a print: how far the truth goes.
 *
 * @param state what is known of the paper
 * @param pages how many pages of the document were printed, of one copy; absent if nobody counted
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Printed(OpenEnum<State> state, Optional<@Bounds(min = 1) Integer> pages) {
  /** Checks that there is a state, and the number. */
  public Printed {
    Objects.requireNonNull(state, "state is missing");
    Ranges.check("pages", pages, 1, Integer.MAX_VALUE);
  }

  /** A print whose pages nobody counted. */
  public static Printed of(State state) {
    return new Printed(OpenEnum.of(state), Optional.empty());
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
