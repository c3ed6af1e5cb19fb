package dev.doorstep.agent.cli;

import dev.doorstep.agent.Version;
import java.util.Locale;
import java.util.ResourceBundle;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program as its command line tells it: every command and option. */
@Command(
    name = "doorstep",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Program.Versions.class,
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      CheckCommand.class,
      ExecCommand.class,
      PairCommand.class,
      CenterCommand.class,
      BenchCommand.class
    })
@SuppressWarnings("UnusedVariable") // the options below are picocli's: it acts on them itself
final class Program implements Runnable {
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

  /** Runs a command and gives its exit status. */
  static int execute(String... arguments) {
    return commandLine(arguments).execute(arguments);
  }

  /** The command line in the language that the arguments or the machine ask for. */
  static CommandLine commandLine(String... arguments) {
    Main.speak(arguments);
    CommandLine line = new CommandLine(new Program());
    line.setResourceBundle(
        ResourceBundle.getBundle(
            "dev.doorstep.agent.cli.help",
            Locale.getDefault(),
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES)));
    line.setOut(Main.utf8(System.out));
    line.setErr(Main.utf8(System.err));
    line.setUsageHelpWidth(100);
    line.setUsageHelpLongOptionsMaxWidth(28);
    line.setExecutionExceptionHandler(new Failures());
    return line;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), Texts.text("command-missing"));
  }

  /** What {@code --version} prints. */
  static final class Versions implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"doorstep " + Version.text()};
    }
  }
}
