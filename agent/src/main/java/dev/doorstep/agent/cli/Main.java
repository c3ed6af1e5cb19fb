package dev.doorstep.agent.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the process begins. Names nothing of the command line's parser in its signatures, so that
 * Java does not load it for a plain {@code run}.
 */
public final class Main {
  private Main() {}

  /** Runs a command and ends the process with its status. */
  public static void main(String[] arguments) {
    Optional<PlainRun> run = PlainRun.of(arguments);
    System.exit(run.isPresent() ? plain(run.get(), arguments) : Program.execute(arguments));
  }

  private static int plain(PlainRun run, String... arguments) {
    speak(arguments);
    return run.execute(utf8(System.out), utf8(System.err));
  }

  /** From now on in the language that the arguments or the machine ask for. */
  static void speak(String... arguments) {
    Locale.setDefault(locale(arguments));
  }

  /**
   * What is printed is UTF-8 whatever the machine's locale: JSON has to be, and names are Chinese.
   */
  static PrintWriter utf8(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  private static Locale locale(String... arguments) {
    int at = Arrays.asList(arguments).indexOf("--lang");
    String language =
        Arrays.stream(arguments)
            .filter(argument -> argument.startsWith("--lang="))
            .map(argument -> argument.substring("--lang=".length()))
            .findFirst()
            .orElse(
                at >= 0 && at + 1 < arguments.length
                    ? arguments[at + 1]
                    : Locale.getDefault().getLanguage());
    return language.equals("zh") ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH;
  }
}
