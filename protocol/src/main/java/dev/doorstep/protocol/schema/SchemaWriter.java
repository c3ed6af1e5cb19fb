package dev.doorstep.protocol.schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.constraint.Also;
import dev.doorstep.protocol.constraint.Bounds;
import dev.doorstep.protocol.constraint.Defaulted;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the schema of one record, with the records in it written out in place: nobody has to
 * follow references. Walks over the record itself, since a library for all of Java takes longer for
 * the first schema than the whole agent for its start.
 */
final class SchemaWriter {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Set<Class<?>> OPTIONAL =
      Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

  private final boolean closed;
  private final Set<Class<?>> around = new HashSet<>();

  /**
   * A writer for one schema.
   *
   * @param closed whether the reader refuses what it does not know
   */
  SchemaWriter(boolean closed) {
    this.closed = closed;
  }

  /** The schema of a whole message, or of what stands at its root. */
  ObjectNode root(Class<?> form) {
    ObjectNode schema = schema(form, List.of());
    return schema.isEmpty() ? Plain.type("object") : schema;
  }

  private ObjectNode schema(AnnotatedType place) {
    List<AnnotatedType> arguments =
        place instanceof AnnotatedParameterizedType generic
            ? List.of(generic.getAnnotatedActualTypeArguments())
            : List.of();
    Class<?> raw = raw(place.getType());
    if (raw == Optional.class) {
      return schema(arguments.get(0));
    }
    ObjectNode schema = schema(raw, arguments);
    Keywords.add(schema, raw, place, closed);
    return schema;
  }

  private ObjectNode schema(Class<?> raw, List<AnnotatedType> arguments) {
    if (Content.class.isAssignableFrom(raw)) {
      return Plain.content(closed);
    }
    if (raw == OpenEnum.class && !arguments.isEmpty()) {
      return Plain.open(raw(arguments.get(0).getType()));
    }
    if (raw.isEnum()) {
      return Plain.names(raw);
    }
    if (Collection.class.isAssignableFrom(raw) && arguments.size() == 1) {
      ObjectNode list = Plain.type("array");
      list.set("items", schema(arguments.get(0)));
      return list;
    }
    if (Map.class.isAssignableFrom(raw) && arguments.size() == 2) {
      ObjectNode map = Plain.type("object");
      map.set("additionalProperties", schema(arguments.get(1)));
      return map;
    }
    return raw.isRecord() ? record(raw) : Plain.of(raw);
  }

  private ObjectNode record(Class<?> form) {
    ObjectNode schema = Plain.type("object");
    if (!around.add(form)) {
      return schema; // a record within itself is not described again
    }
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = JSON.arrayNode();
    for (RecordComponent member : form.getRecordComponents()) {
      ObjectNode value = schema(member.getAnnotatedType());
      if (required(member)) {
        required.add(name(member));
        properties.set(name(member), value);
      } else {
        ObjectNode optional = Plain.orNull(value);
        Optional<String> absent = absent(member);
        if (absent.isPresent()) {
          optional.set("default", Keywords.value(value, absent.get()));
        }
        properties.set(name(member), optional);
      }
    }
    around.remove(form);
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    if (closed) {
      schema.put("additionalProperties", false);
    }
    Also also = form.getAnnotation(Also.class);
    if (also != null) {
      schema.setAll(Keywords.object(also.value()));
    }
    return schema;
  }

  /** What a center leaves out reads as zero or false; a point writes all its numbers. */
  private boolean required(RecordComponent member) {
    if (OPTIONAL.contains(member.getType()) || member.isAnnotationPresent(Defaulted.class)) {
      return false;
    }
    Bounds bounds = member.getAnnotatedType().getAnnotation(Bounds.class);
    return !closed || !member.getType().isPrimitive() || (bounds != null && bounds.min() > 0);
  }

  private Optional<String> absent(RecordComponent member) {
    Defaulted defaulted = member.getAnnotation(Defaulted.class);
    if (defaulted != null) {
      return Optional.of(defaulted.value());
    }
    if (!member.getType().isPrimitive()) {
      return Optional.empty();
    }
    return Optional.of(member.getType() == boolean.class ? "false" : "0");
  }

  private static String name(RecordComponent member) {
    JsonProperty renamed = member.getAccessor().getAnnotation(JsonProperty.class);
    return renamed == null || renamed.value().isEmpty() ? member.getName() : renamed.value();
  }

  private static Class<?> raw(Type type) {
    if (type instanceof ParameterizedType generic) {
      return raw(generic.getRawType());
    }
    return type instanceof Class<?> form ? form : Object.class; // a wildcard or type variable
  }
}
