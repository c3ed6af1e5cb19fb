package dev.doorstep.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.doorstep.protocol.constraint.Defaulted;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The retained document of a device, and the result of {@code device.status}.
 *
 * @param state whether it takes commands
 * @param since when it came into that state, by the point's clock
 * @param kind such as {@code id-card-reader}
 * @param driver the driver's name
 * @param model what the device says it is
 * @param serial its serial number
 * @param cause what keeps it from working, or will soon; absent if nothing does
 * @param supplies paper, toner and the like
 * @param operations what it can do, by name; empty until it was reached once
 * @param session the agent's session that says so
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record DeviceStatus(
    OpenEnum<State> state,
    Instant since,
    String kind,
    String driver,
    Optional<String> model,
    Optional<String> serial,
    Optional<Cause> cause,
    @Defaulted("[]") List<Supply> supplies,
    @Defaulted("{}") Map<String, Offer> operations,
    String session) {

  /** Checks what must be there, and copies the collections; absent means empty. */
  public DeviceStatus {
    Objects.requireNonNull(state, "state is missing");
    Objects.requireNonNull(since, "since is missing");
    Objects.requireNonNull(kind, "kind is missing");
    Objects.requireNonNull(driver, "driver is missing");
    Objects.requireNonNull(session, "session is missing");
    supplies = List.copyOf(Objects.requireNonNullElse(supplies, List.of()));
    operations = Map.copyOf(Objects.requireNonNullElse(operations, Map.of()));
  }

  /** The states of a device. */
  public enum State {
    /** The agent has just begun and not tried it yet. */
    STARTING,
    /** It answers and waits for commands; {@code cause} tells if it lacks something. */
    READY,
    /** A command is under way. */
    BUSY,
    /** It cannot be reached; the agent keeps trying. */
    OFFLINE,
    /** Taken out of service by its keeper. */
    SUSPENDED
  }

  /** Where a cause lies. */
  public enum Layer {
    /** In the agent or its configuration. */
    AGENT,
    /** Between agent and broker. */
    BROKER,
    /** Between agent and device. */
    LINK,
    /** In the device. */
    DEVICE,
    /** Something that is used up. */
    SUPPLY
  }

  /**
   * What keeps a device from working.
   *
   * @param code the error a command would get
   * @param layer where it lies
   * @param text what to do about it, for people
   */
  public record Cause(OpenEnum<ErrorCode> code, OpenEnum<Layer> layer, String text) {
    /** Checks that everything is there. */
    public Cause {
      Objects.requireNonNull(code, "code is missing");
      Objects.requireNonNull(layer, "layer is missing");
      Objects.requireNonNull(text, "text is missing");
    }
  }

  /**
   * Something that is used up.
   *
   * @param name such as {@code paper}
   * @param level how much is left
   */
  public record Supply(String name, OpenEnum<Level> level) {
    /** Checks that both are there. */
    public Supply {
      Objects.requireNonNull(name, "name is missing");
      Objects.requireNonNull(level, "level is missing");
    }

    /** How much is left. */
    public enum Level {
      /** Enough. */
      OK,
      /** Nearly used up. */
      LOW,
      /** Used up. */
      EMPTY
    }
  }

  /**
   * What is announced of an operation; members are added as the contract grows.
   *
   * @param schema the digest of its schemas, by which {@code agent.describe} gives them
   * @param limits how much it takes: {@code queue}, the most commands that may wait for the device,
   *     and the most entries of each list among its parameters, by the list's name
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Offer(Optional<String> schema, @Defaulted("{}") Map<String, Long> limits) {
    /** Copies the map; absent means empty. */
    public Offer {
      limits = Map.copyOf(Objects.requireNonNullElse(limits, Map.of()));
    }
  }
}
