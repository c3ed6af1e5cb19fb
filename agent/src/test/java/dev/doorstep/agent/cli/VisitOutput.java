package dev.doorstep.agent.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;

/** What the command line prints and knows, for the tests of the READMEs. */
public final class VisitOutput {
  private VisitOutput() {}

  /** What {@code demo --lang en} prints. */
  public static String inEnglish(Path folder) {
    return of("demo", "--lang", "en", "--output", folder.toString());
  }

  /** What a command prints, also where it fails. */
  public static String of(String... arguments) {
    Locale before = Locale.getDefault();
    try {
      StringWriter out = new StringWriter();
      CommandLine line = Program.commandLine(arguments);
      line.setOut(new PrintWriter(out, true));
      line.setErr(new PrintWriter(out, true));
      line.execute(arguments);
      return out.toString();
    } finally {
      Locale.setDefault(before);
    }
  }

  /** The names of all commands that do something, such as {@code center call}. */
  public static Set<String> commands() {
    Set<String> names = new TreeSet<>();
    collect("", Program.commandLine(), names);
    return names;
  }

  private static void collect(String above, CommandLine line, Set<String> names) {
    for (Map.Entry<String, CommandLine> command : line.getSubcommands().entrySet()) {
      String name = above + command.getKey();
      if (command.getValue().getSubcommands().isEmpty()) {
        names.add(name);
      } else {
        collect(name + " ", command.getValue(), names);
      }
    }
  }
}
