package dev.doorstep.protocol.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values like a given one but for one place, each at or just beyond what the schema says of it. */
public final class Mutants {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> TEXTS =
      List.of("", " ", "a b", "字", "\u0007", "a", "PT5", "P", "PT-5S", "PT1.5S", "P0D", "5", "=a=");

  private Mutants() {}

  /** All of them, for a value that may itself fit or not. */
  public static List<JsonNode> of(JsonNode schema, JsonNode value) {
    List<JsonNode> mutants = new ArrayList<>(strangers());
    if (value.isString()) {
      TEXTS.forEach(text -> mutants.add(JSON.stringNode(text)));
      for (int length : edges(schema, "Length")) {
        mutants.add(JSON.stringNode("a".repeat(length)));
      }
    } else if (value.isNumber()) {
      for (String bound : List.of("minimum", "maximum")) {
        JsonNode edge = schema.path(bound);
        for (int off = -1; edge.isNumber() && off <= 1; off++) {
          mutants.add(JSON.numberNode(edge.longValue() + off));
        }
      }
    } else if (value instanceof ArrayNode list) {
      lists(schema, list, mutants);
    } else if (value instanceof ObjectNode object) {
      objects(schema, object, mutants);
    }
    return mutants;
  }

  private static List<JsonNode> strangers() {
    return JsonMapper.shared()
        .readTree("[null,true,17,-1,1.5,\"x\",[],[null],{},{\"zzz\":1}]")
        .values()
        .stream()
        .toList();
  }

  private static Set<Integer> edges(JsonNode schema, String what) {
    Set<Integer> edges = new TreeSet<>();
    for (String bound : List.of("min" + what, "max" + what)) {
      JsonNode edge = schema.path(bound);
      for (int off = -1; edge.isNumber() && off <= 1; off++) {
        edges.add(Math.max(0, edge.intValue() + off));
      }
    }
    return edges;
  }

  private static void lists(JsonNode schema, ArrayNode list, List<JsonNode> mutants) {
    for (int size : edges(schema, "Items")) {
      ArrayNode other = JSON.arrayNode();
      for (int i = 0; i < size; i++) {
        other.add(list.get(0));
      }
      mutants.add(other);
    }
    for (int i = 0; i < list.size(); i++) {
      for (JsonNode entry : of(schema.path("items"), list.get(i))) {
        mutants.add(list.deepCopy().set(i, entry));
      }
    }
  }

  private static void objects(JsonNode schema, ObjectNode object, List<JsonNode> mutants) {
    mutants.add(object.deepCopy().put("zzz", 1));
    for (String member : object.propertyNames()) {
      ObjectNode without = object.deepCopy();
      without.remove(member);
      mutants.add(without);
      JsonNode of = schema.path("properties").path(member);
      for (JsonNode value :
          of(of.has("anyOf") ? of.path("anyOf").path(0) : of, object.get(member))) {
        ObjectNode changed = object.deepCopy();
        changed.set(member, value);
        mutants.add(changed);
      }
    }
  }
}
