package dev.doorstep.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * A reply to a command, as it stands in the message. What does not apply is left out.
 *
 * @param id the command's id; absent if it could not be read
 * @param state where the command stands
 * @param position how many commands wait before it, with {@code accepted}
 * @param note what the device is at, for people, with {@code running}
 * @param result the result, with {@code succeeded}
 * @param error the error, with {@code failed}, {@code expired}, {@code rejected}, {@code unknown}
 * @param times how long it waited and ran, with a final state of a command that ran
 * @param caseNumber the command's case
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Reply(
    Optional<String> id,
    OpenEnum<State> state,
    OptionalInt position,
    Optional<String> note,
    Optional<JsonNode> result,
    Optional<Problem> error,
    Optional<Times> times,
    @JsonProperty("case") Optional<String> caseNumber) {
  /** Checks that there is a state. */
  public Reply {
    Objects.requireNonNull(state, "state is missing");
    result = result.filter(node -> !node.isNull()); // that is how an absent tree is read
  }

  /**
   * How long a command took.
   *
   * @param queued from its arrival to its turn
   * @param device from its turn to its end
   */
  public record Times(Duration queued, Duration device) {
    /** Checks that both are there. */
    public Times {
      Objects.requireNonNull(queued, "queued is missing");
      Objects.requireNonNull(device, "device is missing");
    }
  }

  /** Whether no other reply follows; an unknown state is not taken for the last. */
  public boolean isFinal() {
    return state.as(State.class).map(State::isFinal).orElse(false);
  }

  /** The same reply without its result. */
  public Reply withoutResult() {
    return result.isEmpty()
        ? this
        : new Reply(id, state, position, note, Optional.empty(), error, times, caseNumber);
  }

  /** The same command's end where its result could not be handed over. */
  public Reply failedInstead(Problem problem) {
    return new Reply(
        id,
        OpenEnum.of(State.FAILED),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(problem),
        times,
        caseNumber);
  }

  /** Id, state and error, without the result: it may hold personal data. */
  @Override
  public String toString() {
    return "Reply["
        + id.orElse("-")
        + " "
        + state
        + error.map(e -> " " + e.code()).orElse("")
        + "]";
  }
}
