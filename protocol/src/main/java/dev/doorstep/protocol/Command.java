package dev.doorstep.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.doorstep.protocol.constraint.Bounds;
import dev.doorstep.protocol.constraint.Defaulted;
import dev.doorstep.protocol.constraint.Matches;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A command to a device, as it stands in the message.
 *
 * @param id with the client's name the key under which a repeat is known; a valid name
 * @param operation the operation's name
 * @param parameters its parameters; absent means none
 * @param timeout how long it may be carried out, above zero, at most {@link #LONGEST_TIMEOUT};
 *     absent means {@link #DEFAULT_TIMEOUT}
 * @param updates whether {@code accepted} and {@code running} are told as well
 * @param caseNumber joins the steps of one visit; at most 64 characters
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Command(
    @Matches(Matches.NAME) String id,
    String operation,
    @Defaulted("{}") ObjectNode parameters,
    @Defaulted("PT1M") @Bounds(min = 0, above = true, max = 900) Duration timeout,
    boolean updates,
    @JsonProperty("case") Optional<@Bounds(max = 64) String> caseNumber) {
  /** How long a command may take that does not say so. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

  /** The longest time a command may ask for. */
  public static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(15);

  /** The largest message, in bytes. */
  public static final int LARGEST_MESSAGE = 128 * 1024;

  /** How long a command waits for its turn if its message carries no expiry. */
  public static final Duration DEFAULT_EXPIRY = Duration.ofSeconds(60);

  /** Checks every member and fills in what was left out. */
  public Command {
    Names.check("id", Objects.requireNonNull(id, "id is missing"));
    Objects.requireNonNull(operation, "operation is missing");
    parameters = Objects.requireNonNullElseGet(parameters, JsonNodeFactory.instance::objectNode);
    timeout = Objects.requireNonNullElse(timeout, DEFAULT_TIMEOUT);
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
      throw new IllegalArgumentException("timeout must be above PT0S and at most PT15M");
    }
    if (caseNumber.isPresent() && caseNumber.get().length() > 64) {
      throw new IllegalArgumentException("case must be at most 64 characters long");
    }
  }

  /** The command for an operation with default timeout, without updates. */
  public static Command of(String id, Operation<?> operation, Duration timeout) {
    return new Command(
        id, operation.type().name(), Codec.tree(operation), timeout, false, Optional.empty());
  }

  /** Id, operation and timeout, without the parameters. */
  @Override
  public String toString() {
    return "Command[" + id + " " + operation + " " + timeout + "]";
  }
}
