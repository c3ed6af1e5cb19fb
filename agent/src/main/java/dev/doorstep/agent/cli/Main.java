package dev.doorstep.agent.cli;

import dev.doorstep.agent.Version;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program. */
@Command(
    name = "doorstep",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Main.Versions.class,
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      CheckCommand.class,
      ExecCommand.class,
      CenterCommand.class,
      BenchCommand.class
    })
@SuppressWarnings("UnusedVariable") // the options below are picocli's: it acts on them itself
public final class Main implements Runnable {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      descriptionKey = "help")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      descriptionKey = "version")
  private boolean version;

  @Option(
      names = "--lang",
      paramLabel = "zh|en",
      scope = ScopeType.INHERIT,
      descriptionKey = "lang")
  private String lang = "";

  /** Runs a command and ends the process with its status. */
  public static void main(String[] arguments) {
    System.exit(commandLine(arguments).execute(arguments));
  }

  /** The command line in the language that the arguments or the machine ask for. */
  static CommandLine commandLine(String... arguments) {
    Locale.setDefault(locale(arguments));
    CommandLine line = new CommandLine(new Main());
    line.setResourceBundle(
        ResourceBundle.getBundle(
            "dev.doorstep.agent.cli.help",
            Locale.getDefault(),
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES)));
    line.setOut(utf8(System.out));
    line.setErr(utf8(System.err));
    line.setUsageHelpWidth(100);
    line.setUsageHelpLongOptionsMaxWidth(28);
    line.setExecutionExceptionHandler(new Failures());
    return line;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), Texts.text("command-missing"));
  }

  /**
   * What is printed is UTF-8 whatever the machine's locale: JSON has to be, and names are Chinese.
   */
  private static PrintWriter utf8(PrintStream stream) {
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

  /** What {@code --version} prints. */
  static final class Versions implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"doorstep " + Version.text()};
    }
  }
}
