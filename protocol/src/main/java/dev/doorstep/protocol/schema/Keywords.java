package dev.doorstep.protocol.schema;

import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.InvalidMessageException;
import dev.doorstep.protocol.constraint.Bounds;
import dev.doorstep.protocol.constraint.Matches;
import java.lang.reflect.AnnotatedType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Turns the annotations of a member into keywords of its schema. */
final class Keywords {
  private static final Set<Class<?>> INTS = Set.of(int.class, Integer.class);

  private Keywords() {}

  /** Adds what a place demands beyond its type. */
  static void add(ObjectNode schema, Class<?> raw, AnnotatedType place, boolean closed) {
    Bounds bounds = place.getAnnotation(Bounds.class);
    if (bounds != null) {
      add(schema, raw, bounds);
    }
    Matches matches = place.getAnnotation(Matches.class);
    if (matches != null) {
      schema.put("pattern", matches.value());
    }
    if (closed && INTS.contains(raw)) {
      bound(schema, "minimum", Integer.MIN_VALUE);
      bound(schema, "maximum", Integer.MAX_VALUE);
    }
  }

  private static void bound(ObjectNode schema, String keyword, int bound) {
    if (!schema.has(keyword)) {
      schema.put(keyword, bound);
    }
  }

  private static void add(ObjectNode schema, Class<?> raw, Bounds bounds) {
    boolean lower = bounds.min() != Long.MIN_VALUE;
    boolean upper = bounds.max() != Long.MAX_VALUE;
    if (raw == Duration.class) {
      // JSON Schema has no word for the range of a duration; validators pass over these.
      schema.put(bounds.above() ? "x-exclusiveMinimum" : "x-minimum", iso(bounds.min()));
      schema.put("x-maximum", iso(bounds.max()));
      return;
    }
    String type = schema.path("type").asString("");
    boolean number = type.equals("integer") || type.equals("number");
    String what =
        switch (type) {
          case "array" -> "Items";
          case "object" -> "Properties";
          default -> "Length";
        };
    if (lower) {
      String inclusive = number ? "minimum" : "min" + what;
      schema.put(number && bounds.above() ? "exclusiveMinimum" : inclusive, bounds.min());
    }
    if (upper) {
      schema.put(number ? "maximum" : "max" + what, bounds.max());
    }
  }

  private static String iso(long seconds) {
    return Duration.ofSeconds(seconds).toString();
  }

  /** The value of a {@code default}: a text as it is, anything else as JSON. */
  static JsonNode value(ObjectNode schema, String text) {
    String type = schema.path("type").asString("string");
    return type.equals("string") ? JsonNodeFactory.instance.stringNode(text) : json(text);
  }

  /** The object that a text of ours is. */
  static ObjectNode object(String text) {
    return json(text).asObject();
  }

  private static JsonNode json(String text) {
    try {
      return Codec.read(JsonNode.class, text.getBytes(StandardCharsets.UTF_8));
    } catch (InvalidMessageException e) {
      throw new IllegalStateException("no JSON in an annotation: " + text, e);
    }
  }
}
