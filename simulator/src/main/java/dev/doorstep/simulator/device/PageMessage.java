package dev.doorstep.simulator.device;

import java.io.IOException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The messages of the resident's page, both ways. */
final class PageMessage {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private PageMessage() {}

  /**
   * Reads what the agent sent.
   *
   * @throws IOException if it is not JSON
   */
  static JsonNode read(String message) throws IOException {
    try {
      return JSON.readTree(message);
    } catch (JacksonException e) {
      throw new IOException("a task that is not JSON", e);
    }
  }

  /** The id that an answer has to name. */
  static String id(JsonNode task) throws IOException {
    String id = task.path("id").asString("");
    if (id.isEmpty()) {
      throw new IOException("a task without an id: " + task.path("task").asString(""));
    }
    return id;
  }

  /** An answer to a task. */
  static ObjectNode answer(String id, String kind) {
    return JSON.createObjectNode().put("id", id).put("answer", kind);
  }
}
