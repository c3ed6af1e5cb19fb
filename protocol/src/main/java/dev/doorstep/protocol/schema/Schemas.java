package dev.doorstep.protocol.schema;

import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Command;
import dev.doorstep.protocol.OperationType;
import dev.doorstep.protocol.operation.Description;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Schemas of messages and operations. What is handed out is shared: not to be changed. May be used
 * by any thread.
 */
public final class Schemas {
  private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

  /** By the record of the parameters, which knows its operation. */
  private static final Map<Class<?>, OperationSchema> KNOWN = new ConcurrentHashMap<>();

  private Schemas() {}

  /** The schemas of any operation, also of one that a driver of others brings. */
  public static OperationSchema of(OperationType<?, ?> type) {
    OperationSchema known = KNOWN.get(type.parameters());
    if (known == null || !known.operation().equals(type.name())) {
      known = make(type);
      KNOWN.put(type.parameters(), known);
    }
    return known;
  }

  /** The schema of a message by its record: closed for a {@link Command}, else open. */
  public static ObjectNode message(Class<?> form) {
    return draft(new SchemaWriter(form == Command.class).root(form));
  }

  /** The digest of an entry of {@code agent.describe}, over its canonical JSON (RFC 8785). */
  public static String digest(JsonNode entry) {
    return "sha256:" + Canonical.sha256(entry);
  }

  /** The most entries that each list among an operation's parameters takes, by its member. */
  public static Map<String, Long> listLimits(OperationType<?, ?> type) {
    Map<String, Long> limits = new TreeMap<>();
    for (var member : of(type).parameters().path("properties").properties()) {
      JsonNode most = member.getValue().path("maxItems");
      if (most.isIntegralNumber()) {
        limits.put(member.getKey(), most.longValue());
      }
    }
    return limits;
  }

  private static OperationSchema make(OperationType<?, ?> type) {
    ObjectNode parameters = draft(new SchemaWriter(true).root(type.parameters()));
    ObjectNode result = draft(new SchemaWriter(false).root(type.result()));
    var described = new Description.Described(type.name(), parameters, result);
    return new OperationSchema(type.name(), parameters, result, digest(Codec.tree(described)));
  }

  private static ObjectNode draft(ObjectNode schema) {
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    whole.put("$schema", DRAFT);
    whole.setAll(schema);
    return whole;
  }
}
