package dev.doorstep.agent.cli;

import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Problem;
import dev.doorstep.protocol.Reply;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Prints replies: for people line by line, or as JSON. */
final class ReplyPrinter {
  private final PrintWriter out;
  private final boolean json;
  private final Optional<Path> folder;

  ReplyPrinter(PrintWriter out, boolean json, Optional<Path> folder) {
    this.out = out;
    this.json = json;
    this.folder = folder;
  }

  /** Prints that the command waits or runs; nothing with {@code --json}. */
  void update(Reply reply) {
    if (!json) {
      reply.note().ifPresent(note -> out.println("… " + note));
      out.flush();
    }
  }

  /**
   * Prints how the command ended, and saves its documents where that was asked.
   *
   * @param documents the documents that were too large for the reply, by blob id
   */
  void last(Reply reply, Map<String, byte[]> documents) throws IOException {
    Map<String, Path> saved =
        folder.isPresent() && reply.result().isPresent()
            ? SavedDocuments.save(reply.result().get(), documents, folder.get())
            : Map.of();
    if (json) {
      out.println(new String(Codec.write(reply), StandardCharsets.UTF_8));
    } else {
      String state = Texts.state(reply.state());
      out.println(reply.times().map(t -> state + ", " + seconds(t.device())).orElse(state));
      reply.error().ifPresent(error -> error(out, error));
      reply.result().ifPresent(result -> print("", result, saved));
    }
    out.flush();
  }

  /** Prints what went wrong and what to do about it. */
  static void error(PrintWriter out, Problem error) {
    out.println("  " + error.code() + ": " + error.recovery());
    out.println("  (" + error.detail() + ")");
  }

  /** A time as people read it. */
  static String seconds(java.time.Duration time) {
    return String.format("%.1f s", time.toMillis() / 1000.0);
  }

  private void print(String path, JsonNode node, Map<String, Path> saved) {
    if (SavedDocuments.isContent(node)) {
      String where = Optional.ofNullable(saved.get(path)).map(file -> " → " + file).orElse("");
      out.println("  " + path + ": " + SavedDocuments.describe(node) + where);
    } else if (node.isObject() || node.isArray()) {
      SavedDocuments.members(node)
          .forEach(
              (name, member) -> print(path.isEmpty() ? name : path + "." + name, member, saved));
    } else {
      out.println("  " + path + ": " + node.asString());
    }
  }
}
