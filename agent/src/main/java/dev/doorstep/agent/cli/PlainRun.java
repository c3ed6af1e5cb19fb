package dev.doorstep.agent.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code run --config FILE.yaml [--lang zh|en]}, as services are written, understood without the
 * command line's parser: that describes all commands of the program, from classes that are too old
 * for the class archive, and took a quarter of the agent's start. Whatever is written in another
 * way, and every mistake, is the parser's.
 *
 * @param file the configuration
 */
record PlainRun(String file) {
  private static final Set<String> LANGUAGES = Set.of("zh", "en");

  /** What the arguments ask for; empty if they are the parser's. */
  static Optional<PlainRun> of(String... arguments) {
    boolean run = false;
    Optional<String> language = Optional.empty();
    Optional<String> file = Optional.empty();
    Iterator<String> words = List.of(arguments).iterator();
    while (words.hasNext()) {
      String word = words.next();
      if (word.equals("run") && !run) {
        run = true;
      } else if (word.equals("--config") && run && file.isEmpty() && words.hasNext()) {
        file = Optional.of(words.next());
      } else if (word.equals("--lang") && language.isEmpty() && words.hasNext()) {
        language = Optional.of(words.next());
      } else {
        return Optional.empty();
      }
    }
    if (language.map(LANGUAGES::contains).orElse(true)) {
      return file.filter(PlainRun::isPlain).map(PlainRun::new);
    }
    return Optional.empty();
  }

  /** Runs it and gives the exit status. */
  int execute(PrintWriter out, PrintWriter err) {
    try {
      return PointRun.run(Path.of(file), out);
    } catch (Exception e) { // as the parser hands them on
      return Failures.told(e, err);
    }
  }

  /** The parser has words of its own: other commands, options, files of arguments. */
  private static boolean isPlain(String name) {
    return name.endsWith(".yaml") && !name.startsWith("-") && !name.startsWith("@");
  }
}
