package dev.doorstep.simulator.device;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something to read, as the page shows it.
 *
 * @param task {@code show}, {@code confirm} or {@code sign}
 * @param id what the answer names
 */
public record ScreenTask(String task, String id) {
  private static final Set<String> TASKS = Set.of("show", "confirm", "sign");

  /** A wave from the left to the right of the field, as a hand writes it. */
  private static final int POINTS = 60;

  private static final int MILLIS = 16;
  private static final int PRESSURE = 500;

  /**
   * Reads what the agent sent to the page.
   *
   * @return empty for any other task
   * @throws IOException if it is one without an id
   */
  static Optional<ScreenTask> of(JsonNode json) throws IOException {
    String task = json.path("task").asString("");
    return TASKS.contains(task)
        ? Optional.of(new ScreenTask(task, PageMessage.id(json)))
        : Optional.empty();
  }

  /** What the browser says once everything is on the screen. */
  String shown() {
    return PageMessage.answer(id, "SHOWN").toString();
  }

  /** The answer of somebody who agrees; empty where nothing is asked. */
  Optional<String> agreed() {
    return switch (task) {
      case "confirm" -> Optional.of(PageMessage.answer(id, "YES").toString());
      case "sign" -> Optional.of(signed());
      default -> Optional.empty();
    };
  }

  /** The answer of somebody who does not; empty where nothing is asked. */
  Optional<String> refused() {
    return switch (task) {
      case "confirm" -> Optional.of(PageMessage.answer(id, "NO").toString());
      case "sign" -> Optional.of(PageMessage.answer(id, "DECLINED").toString());
      default -> Optional.empty();
    };
  }

  private String signed() {
    ObjectNode signed = PageMessage.answer(id, "SIGNED");
    ArrayNode stroke = signed.putArray("strokes").addArray();
    for (int i = 0; i < POINTS; i++) {
      stroke.add(600 + 60 * i);
      stroke.add((int) Math.round(800 + 400 * Math.sin(i / 4.0)));
      stroke.add(MILLIS * i);
      stroke.add(PRESSURE);
    }
    return signed.toString();
  }
}
