package dev.doorstep.protocol.schema;

import dev.doorstep.protocol.operation.Description;
import tools.jackson.databind.JsonNode;

/**
 * An operation as data.
 *
 * @param operation the operation's name
 * @param parameters the schema of its parameters
 * @param result the schema of its result
 * @param digest {@code sha256:} and 64 hexadecimal digits, over {@link #described} in canonical
 *     JSON (RFC 8785)
 */
public record OperationSchema(
    String operation, JsonNode parameters, JsonNode result, String digest) {
  /** The entry of {@code agent.describe} that {@link #digest} names. */
  public Description.Described described() {
    return new Description.Described(operation, parameters, result);
  }
}
