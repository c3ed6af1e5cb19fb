package dev.doorstep.protocol.operation;

import dev.doorstep.protocol.constraint.Defaulted;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * The result of {@code agent.describe}.
 *
 * @param schemas by the digest that the retained document of a device names
 */
public record Description(@Defaulted("{}") Map<String, Described> schemas) {
  /** Copies the map; absent means empty. */
  public Description {
    schemas = Map.copyOf(Objects.requireNonNullElse(schemas, Map.of()));
  }

  /**
   * An operation in JSON Schema, draft 2020-12.
   *
   * @param operation the operation's name
   * @param parameters the schema of its parameters
   * @param result the schema of its result
   */
  public record Described(String operation, JsonNode parameters, JsonNode result) {
    /** Checks that everything is there. */
    public Described {
      Objects.requireNonNull(operation, "operation is missing");
      Objects.requireNonNull(parameters, "parameters is missing");
      Objects.requireNonNull(result, "result is missing");
    }
  }
}
