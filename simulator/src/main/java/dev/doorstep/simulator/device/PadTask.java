package dev.doorstep.simulator.device;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An evaluation as the page shows it.
 *
 * @param id what the answer names
 * @param levels the buttons, by their names, in the order shown
 * @param item the matter that was handled; may be empty
 * @param staff who handled it; may be empty
 */
public record PadTask(String id, List<String> levels, String item, String staff) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Copies the levels. */
  public PadTask {
    levels = List.copyOf(levels);
  }

  /**
   * Reads what the agent sent to the page.
   *
   * @return empty for any task but an evaluation
   * @throws IOException if it is not JSON, or an evaluation without an id
   */
  static Optional<PadTask> parse(String message) throws IOException {
    try {
      JsonNode json = JSON.readTree(message);
      if (!json.path("task").asString("").equals("evaluation")) {
        return Optional.empty();
      }
      String id = json.path("id").asString("");
      if (id.isEmpty()) {
        throw new IOException("an evaluation without an id");
      }
      List<String> levels =
          json.path("levels").valueStream().map(l -> l.path("level").asString("")).toList();
      return Optional.of(
          new PadTask(id, levels, json.path("item").asString(""), json.path("staff").asString("")));
    } catch (JacksonException e) {
      throw new IOException("a task that is not JSON", e);
    }
  }

  /** The answer of somebody who pressed a level. */
  String given(String level) {
    return answer("GIVEN").put("level", level).toString();
  }

  /** The answer of somebody who pressed that they do not want to. */
  String declined() {
    return answer("DECLINED").toString();
  }

  private ObjectNode answer(String kind) {
    return JSON.createObjectNode().put("id", id).put("answer", kind);
  }
}
