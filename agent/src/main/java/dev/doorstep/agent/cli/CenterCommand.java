package dev.doorstep.agent.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code center}: the center's side, from a shell. */
@Command(
    name = "center",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      CenterPointsCommand.class,
      CenterCallCommand.class,
      CenterWatchCommand.class,
      CenterConformCommand.class,
      CenterAclCommand.class
    })
final class CenterCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), Texts.text("command-missing"));
  }
}
