package dev.doorstep.simulator.device;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * An evaluation as the page shows it.
 *
 * @param id what the answer names
 * @param levels the buttons, by their names, in the order shown
 * @param item the matter that was handled; may be empty
 * @param staff who handled it; may be empty
 */
public record PadTask(String id, List<String> levels, String item, String staff) {

  /** Copies the levels. */
  public PadTask {
    levels = List.copyOf(levels);
  }

  /**
   * Reads what the agent sent to the page.
   *
   * @return empty for any task but an evaluation
   * @throws IOException if it is an evaluation without an id
   */
  static Optional<PadTask> of(JsonNode json) throws IOException {
    if (!json.path("task").asString("").equals("evaluation")) {
      return Optional.empty();
    }
    List<String> levels =
        json.path("levels").valueStream().map(l -> l.path("level").asString("")).toList();
    return Optional.of(
        new PadTask(
            PageMessage.id(json),
            levels,
            json.path("item").asString(""),
            json.path("staff").asString("")));
  }

  /** The answer of somebody who pressed a level. */
  String given(String level) {
    return PageMessage.answer(id, "GIVEN").put("level", level).toString();
  }

  /** The answer of somebody who pressed that they do not want to. */
  String declined() {
    return PageMessage.answer(id, "DECLINED").toString();
  }
}
