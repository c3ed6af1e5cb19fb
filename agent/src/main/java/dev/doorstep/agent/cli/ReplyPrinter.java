package dev.doorstep.agent.cli;

import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.InvalidMessageException;
import dev.doorstep.protocol.Problem;
import dev.doorstep.protocol.Reply;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Prints replies: for people line by line, or as JSON. */
final class ReplyPrinter {
  /** Writes a document as a file. */
  interface Saving {
    void save(Content content, Path file) throws IOException, InterruptedException;
  }

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;
  private final Optional<Path> folder;

  ReplyPrinter(PrintWriter out, PrintWriter err, boolean json, Optional<Path> folder) {
    this.out = out;
    this.err = err;
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

  /** Prints how the command ended. */
  void last(Reply reply) {
    if (json) {
      out.println(Codec.text(reply));
    } else {
      String state = Texts.state(reply.state());
      out.println(reply.times().map(t -> state + ", " + seconds(t.device())).orElse(state));
      reply.error().ifPresent(error -> error(out, error));
      reply.result().ifPresent(result -> print("", result));
    }
    out.flush();
  }

  /**
   * Saves the documents of a reply where that was asked, each if it can be, and tells of each.
   *
   * @return false if one was not saved
   * @throws IOException if there cannot be such a folder
   */
  boolean save(Reply reply, Saving saving) throws IOException, InterruptedException {
    if (folder.isEmpty() || reply.result().isEmpty()) {
      return true;
    }
    Files.createDirectories(folder.get());
    boolean all = true;
    for (Map.Entry<String, JsonNode> it : SavedDocuments.in(reply.result().get()).entrySet()) {
      Path file = folder.get().resolve(SavedDocuments.fileName(it.getKey(), it.getValue()));
      try {
        saving.save(Codec.read(Content.class, it.getValue()), file);
        if (!json) {
          out.println("  " + it.getKey() + " → " + file);
        }
      } catch (IOException | InvalidMessageException e) {
        err.println(Texts.text("document-lost", it.getKey(), String.valueOf(e.getMessage())));
        all = false;
      }
    }
    out.flush();
    return all;
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

  private void print(String path, JsonNode node) {
    if (SavedDocuments.isContent(node)) {
      out.println("  " + path + ": " + SavedDocuments.describe(node));
    } else if (node.isObject() || node.isArray()) {
      SavedDocuments.members(node)
          .forEach((name, member) -> print(path.isEmpty() ? name : path + "." + name, member));
    } else {
      out.println("  " + path + ": " + node.asString());
    }
  }
}
