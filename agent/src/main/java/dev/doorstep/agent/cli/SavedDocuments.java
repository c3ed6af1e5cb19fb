package dev.doorstep.agent.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** Finds the documents in a result's tree, for files of their own. */
final class SavedDocuments {
  private static final Map<String, String> ENDINGS =
      Map.of(
          "image/jpeg",
          ".jpg",
          "image/png",
          ".png",
          "application/pdf",
          ".pdf",
          "application/x-wlt",
          ".wlt");

  private SavedDocuments() {}

  /** Whether a node is a document. */
  static boolean isContent(JsonNode node) {
    return node.path("contentType").isString() && (node.has("base64") || node.has("blob"));
  }

  /** Its type and size, for people. */
  static String describe(JsonNode content) {
    long size =
        content.has("blob")
            ? content.path("blob").path("size").asLong()
            : Base64.getDecoder().decode(content.path("base64").asString()).length;
    return content.path("contentType").asString() + ", " + size + " bytes";
  }

  /** The members of an object by name, or of a list by number. */
  static Map<String, JsonNode> members(JsonNode node) {
    Map<String, JsonNode> members = new LinkedHashMap<>();
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        members.put(Integer.toString(i), node.path(i));
      }
    } else {
      node.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
    }
    return members;
  }

  /** The documents of a result by their place in it, such as {@code photo}. */
  static Map<String, JsonNode> in(JsonNode result) {
    Map<String, JsonNode> found = new LinkedHashMap<>();
    collect("", result, found);
    return found;
  }

  private static void collect(String path, JsonNode node, Map<String, JsonNode> found) {
    if (isContent(node)) {
      found.put(path, node);
    } else if (node.isObject() || node.isArray()) {
      String above = path.isEmpty() ? "" : path + ".";
      members(node).forEach((name, member) -> collect(above + name, member, found));
    }
  }

  /** The name of a document's file: its place in the result, and the ending of its type. */
  static String fileName(String path, JsonNode content) {
    String ending = ENDINGS.getOrDefault(content.path("contentType").asString(), ".bin");
    return path.replaceAll("[^A-Za-z0-9.]", "_") + ending;
  }

  /** Writes a file that is its owner's alone where the system has such rights. */
  static void write(byte[] bytes, Path file) throws IOException {
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a folder is no file");
    Path part = Files.createTempFile(folder, ".doorstep-", ".part"); // has these rights
    try {
      Files.write(part, bytes);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
