package dev.doorstep.agent.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import picocli.CommandLine;

/** Runs commands as a shell does, for tests of other packages. */
public final class Shell {
  private Shell() {}

  /**
   * What a command left.
   *
   * @param status its exit status
   * @param out what it printed
   * @param err what it complained of
   */
  public record Left(int status, String out, String err) {}

  /** Runs a command of the program. */
  public static Left run(String... arguments) {
    Locale before = Locale.getDefault();
    try {
      StringWriter out = new StringWriter();
      StringWriter err = new StringWriter();
      CommandLine line = Program.commandLine(arguments);
      line.setOut(new PrintWriter(out, true));
      line.setErr(new PrintWriter(err, true));
      int status = line.execute(arguments);
      return new Left(status, out.toString(), err.toString());
    } finally {
      Locale.setDefault(before);
    }
  }
}
