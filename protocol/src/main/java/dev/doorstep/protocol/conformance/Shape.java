package dev.doorstep.protocol.conformance;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Checks a value against a JSON Schema, as far as the contract's schemas go: types, members,
 * entries, bounds, names, patterns, dates, and any, one, all or none of several. What it does not
 * know it passes over, as a validator may. A library for all of JSON Schema would come to every
 * center that uses this module; a test compares this with one.
 */
final class Shape {
  private static final Map<String, Predicate<JsonNode>> TYPES =
      Map.of(
          "object", JsonNode::isObject,
          "array", JsonNode::isArray,
          "string", JsonNode::isString,
          "boolean", JsonNode::isBoolean,
          "null", JsonNode::isNull,
          "number", JsonNode::isNumber,
          "integer", Shape::isWhole);

  private final List<String> problems = new ArrayList<>();

  private Shape() {}

  /** What is wrong with a value, each with its path and never with what stands there. */
  static List<String> problems(JsonNode schema, JsonNode value) {
    Shape shape = new Shape();
    shape.check(schema, value, "$");
    return shape.problems;
  }

  private static boolean isWhole(JsonNode value) {
    return value.isIntegralNumber()
        || (value.isNumber() && value.decimalValue().stripTrailingZeros().scale() <= 0);
  }

  private static boolean fits(JsonNode schema, JsonNode value) {
    return problems(schema, value).isEmpty();
  }

  private void demand(boolean holds, String path, String problem) {
    if (!holds) {
      problems.add(path + " " + problem);
    }
  }

  private void check(JsonNode schema, JsonNode value, String path) {
    if (schema.isBoolean()) {
      demand(schema.booleanValue(), path, "is not allowed");
      return;
    }
    if (value.isMissingNode()) {
      demand(false, path, "is missing");
      return;
    }
    type(schema.path("type"), value, path);
    JsonNode names = schema.path("enum");
    demand(names.isMissingNode() || names.values().contains(value), path, "is not in the list");
    JsonNode only = schema.path("const");
    demand(only.isMissingNode() || only.equals(value), path, "is not the one value");
    JsonNode not = schema.path("not");
    demand(not.isMissingNode() || !fits(not, value), path, "fits what it must not");
    alternatives(schema, value, path);
    if (value.isString()) {
      text(schema, value.stringValue(), path);
    } else if (value.isNumber()) {
      number(schema, value, path);
    } else if (value.isArray()) {
      size(schema, "Items", value.size(), path);
      for (int i = 0; schema.has("items") && i < value.size(); i++) {
        check(schema.path("items"), value.path(i), path + "[" + i + "]");
      }
    } else if (value.isObject()) {
      members(schema, value, path);
    }
  }

  private void type(JsonNode type, JsonNode value, String path) {
    List<String> allowed =
        type.isArray()
            ? type.values().stream().map(JsonNode::asString).toList()
            : Optional.of(type).filter(JsonNode::isString).map(JsonNode::stringValue).stream()
                .toList();
    demand(
        allowed.isEmpty()
            || allowed.stream().anyMatch(name -> TYPES.getOrDefault(name, any -> true).test(value)),
        path,
        "must be " + String.join(" or ", allowed));
  }

  private void alternatives(JsonNode schema, JsonNode value, String path) {
    long any = fitting(schema.path("anyOf"), value);
    demand(!schema.has("anyOf") || any > 0, path, "fits none of anyOf");
    long one = fitting(schema.path("oneOf"), value);
    demand(!schema.has("oneOf") || one == 1, path, "fits " + one + " of oneOf");
    schema.path("allOf").forEach(part -> check(part, value, path));
  }

  private static long fitting(JsonNode schemas, JsonNode value) {
    return schemas.values().stream().filter(schema -> fits(schema, value)).count();
  }

  private void text(JsonNode schema, String text, String path) {
    size(schema, "Length", text.codePointCount(0, text.length()), path);
    JsonNode pattern = schema.path("pattern");
    demand(
        !pattern.isString() || Pattern.compile(pattern.stringValue()).matcher(text).find(),
        path,
        "does not match the pattern");
    String format = schema.path("format").asString("");
    demand(!format.equals("date-time") || isTime(text), path, "must be a date-time");
    demand(!format.equals("date") || isDate(text), path, "must be a date");
  }

  private static boolean isTime(String text) {
    try {
      return OffsetDateTime.parse(text) != null;
    } catch (DateTimeException e) {
      return false; // that it is none is the answer
    }
  }

  private static boolean isDate(String text) {
    try {
      return LocalDate.parse(text) != null;
    } catch (DateTimeException e) {
      return false; // that it is none is the answer
    }
  }

  private void number(JsonNode schema, JsonNode value, String path) {
    JsonNode least = schema.path("minimum");
    JsonNode above = schema.path("exclusiveMinimum");
    JsonNode most = schema.path("maximum");
    demand(!least.isNumber() || compare(value, least) >= 0, path, "must be at least " + least);
    demand(!above.isNumber() || compare(value, above) > 0, path, "must be above " + above);
    demand(!most.isNumber() || compare(value, most) <= 0, path, "must be at most " + most);
  }

  private static int compare(JsonNode one, JsonNode other) {
    return one.decimalValue().compareTo(other.decimalValue());
  }

  private void size(JsonNode schema, String what, int size, String path) {
    JsonNode least = schema.path("min" + what);
    JsonNode most = schema.path("max" + what);
    demand(!least.isNumber() || size >= least.intValue(), path, "is too short");
    demand(!most.isNumber() || size <= most.intValue(), path, "is too long");
  }

  private void members(JsonNode schema, JsonNode value, String path) {
    size(schema, "Properties", value.size(), path);
    for (JsonNode name : schema.path("required")) {
      demand(value.has(name.asString()), path + "." + name.asString(), "is missing");
    }
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      JsonNode known = schema.path("properties").path(member.getKey());
      JsonNode other = schema.path("additionalProperties");
      String place = path + "." + member.getKey();
      if (!known.isMissingNode()) {
        check(known, member.getValue(), place);
      } else if (!other.isMissingNode()) {
        check(other, member.getValue(), place);
      }
    }
  }
}
