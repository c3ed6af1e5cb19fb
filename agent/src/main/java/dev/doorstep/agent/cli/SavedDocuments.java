package dev.doorstep.agent.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Finds the documents in a result's tree and writes them as files. */
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

  /**
   * Writes every document of a result into a folder, named after its place in the result.
   *
   * @return the files by that place, such as {@code photo}
   */
  static Map<String, Path> save(JsonNode result, Map<String, byte[]> blobs, Path folder)
      throws IOException {
    Files.createDirectories(folder);
    Map<String, Path> saved = new LinkedHashMap<>();
    save("", result, blobs, folder, saved);
    return saved;
  }

  private static void save(
      String path, JsonNode node, Map<String, byte[]> blobs, Path folder, Map<String, Path> saved)
      throws IOException {
    if (isContent(node)) {
      byte[] bytes =
          node.has("blob")
              ? blobs.get(node.path("blob").path("id").asString())
              : Base64.getDecoder().decode(node.path("base64").asString());
      if (bytes == null) {
        throw new IOException(path + " did not arrive");
      }
      String ending = ENDINGS.getOrDefault(node.path("contentType").asString(), ".bin");
      Path file = folder.resolve(path.replaceAll("[^A-Za-z0-9.]", "_") + ending);
      Files.write(file, bytes);
      saved.put(path, file);
      return;
    }
    if (node.isObject() || node.isArray()) {
      for (Map.Entry<String, JsonNode> member : members(node).entrySet()) {
        save(
            path.isEmpty() ? member.getKey() : path + "." + member.getKey(),
            member.getValue(),
            blobs,
            folder,
            saved);
      }
    }
  }
}
