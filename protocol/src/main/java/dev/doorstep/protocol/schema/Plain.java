package dev.doorstep.protocol.schema;

import dev.doorstep.protocol.Content;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The schemas of types that are no records. */
final class Plain {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** The longest text that an open name may be. */
  private static final int LONGEST_NAME = 64;

  private static final long LARGEST_BLOB = 1L << 32;

  /**
   * ISO 8601 days to seconds. Not "format": "duration", which is RFC 3339's: that has no fractions
   * of a second, and a validator may refuse PT0.002S.
   */
  private static final String DURATION =
      "^P(?=[0-9T])([0-9]{1,9}D)?"
          + "(T(?=[0-9])([0-9]{1,9}H)?([0-9]{1,9}M)?([0-9]{1,9}([.][0-9]{1,9})?S)?)?$";

  private static final String CONTENT =
      """
      {"type":"object","properties":{
        "contentType":{"type":"string","minLength":1},
        "base64":{"type":["string","null"],"contentEncoding":"base64",
          "pattern":"^[A-Za-z0-9+/]*={0,2}$","maxLength":\
      """
          + Content.LARGEST_INLINE / 3 * 4
          + """
            },
            "blob":{"type":["object","null"],"properties":{
                "id":{"type":"string","pattern":"^[A-Za-z0-9_-]{1,64}$"},
                "size":{"type":"integer","minimum":1,"maximum":\
            """
          + LARGEST_BLOB
          + """
            },
                "sha256":{"type":"string","pattern":"^[0-9a-f]{64}$"},
                "pieces":{"type":"integer","minimum":1,"maximum":\
            """
          + LARGEST_BLOB / Content.SMALLEST_PIECE
          + """
            }},
              "required":["id","size","sha256","pieces"]}},
            "required":["contentType"],
            "oneOf":[
              {"properties":{"base64":{"type":"string"},"blob":{"type":"null"}},"required":["base64"]},
              {"properties":{"blob":{"type":"object"},"base64":{"type":"null"}},"required":["blob"]}]}
            """;

  private static final Set<Class<?>> WHOLE =
      Set.of(
          int.class,
          Integer.class,
          OptionalInt.class,
          long.class,
          Long.class,
          OptionalLong.class,
          short.class,
          Short.class,
          BigInteger.class);
  private static final Set<Class<?>> BROKEN =
      Set.of(
          double.class,
          Double.class,
          OptionalDouble.class,
          float.class,
          Float.class,
          BigDecimal.class);
  private static final Map<Class<?>, String> FORMATS =
      Map.of(Instant.class, "date-time", LocalDate.class, "date");

  private Plain() {}

  static ObjectNode type(String name) {
    return JSON.objectNode().put("type", name);
  }

  /** The schema of a simple type; takes anything for a type that is not known here. */
  static ObjectNode of(Class<?> raw) {
    if (raw == String.class) {
      return type("string");
    }
    if (raw == boolean.class || raw == Boolean.class) {
      return type("boolean");
    }
    if (WHOLE.contains(raw)) {
      return type("integer");
    }
    if (BROKEN.contains(raw)) {
      return type("number");
    }
    if (raw == Duration.class) {
      return type("string").put("pattern", DURATION);
    }
    if (FORMATS.containsKey(raw)) {
      return type("string").put("format", FORMATS.get(raw));
    }
    return raw == ObjectNode.class ? type("object") : JSON.objectNode();
  }

  /** Exactly the names of an enum. */
  static ObjectNode names(Class<?> names) {
    ObjectNode schema = JSON.objectNode();
    var values = schema.putArray("enum");
    for (Object value : names.getEnumConstants()) {
      values.add(value.toString());
    }
    return schema;
  }

  /** The names that are known today, and any other text. */
  static ObjectNode open(Class<?> names) {
    ObjectNode any = type("string").put("maxLength", LONGEST_NAME);
    if (!names.isEnum()) {
      return any;
    }
    return anyOf(names(names), any);
  }

  /** The same, or null. */
  static ObjectNode orNull(ObjectNode schema) {
    if (schema.isEmpty()) {
      return schema;
    }
    if (!schema.path("type").isString() || schema.has("oneOf")) {
      return anyOf(schema, type("null"));
    }
    ObjectNode either = schema.deepCopy();
    either.putArray("type").add(schema.path("type").stringValue()).add("null");
    return either;
  }

  private static ObjectNode anyOf(ObjectNode one, ObjectNode other) {
    ObjectNode schema = JSON.objectNode();
    schema.putArray("anyOf").add(one).add(other);
    return schema;
  }

  /** A document in either form. */
  static ObjectNode content(boolean closed) {
    ObjectNode content = Keywords.object(CONTENT);
    if (closed) {
      content.put("additionalProperties", false);
      content.path("properties").path("blob").asObject().put("additionalProperties", false);
    }
    return content;
  }
}
