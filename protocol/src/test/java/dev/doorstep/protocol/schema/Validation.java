package dev.doorstep.protocol.schema;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Checks a value against a schema, as a center in another language would. */
public final class Validation {
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private Validation() {}

  /** What is wrong with a value; empty if nothing is. */
  public static List<String> problems(JsonNode schema, JsonNode value) {
    return SCHEMAS
        .getSchema(schema)
        .validate(
            value,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(Object::toString)
        .toList();
  }
}
