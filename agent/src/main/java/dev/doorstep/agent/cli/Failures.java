package dev.doorstep.agent.cli;

import dev.doorstep.agent.StartException;
import dev.doorstep.agent.config.ConfigurationException;
import dev.doorstep.agent.device.Defects;
import java.io.IOException;
import java.nio.file.FileSystemException;
import picocli.CommandLine;

/** Turns what a command throws into a line for people and an exit status. */
final class Failures implements CommandLine.IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(
      Exception failure, CommandLine line, CommandLine.ParseResult arguments) {
    if (failure instanceof CommandLine.ParameterException wrong) {
      line.getErr().println(wrong.getMessage());
      return ExitStatus.USAGE;
    }
    if (failure instanceof ConfigurationException || failure instanceof StartException) {
      line.getErr().println(failure.getMessage());
      return ExitStatus.USAGE;
    }
    if (failure instanceof IllegalArgumentException) {
      line.getErr().println(failure.getMessage()); // a name or a range, checked where it is used
      return ExitStatus.USAGE;
    }
    if (failure instanceof FileSystemException file) {
      line.getErr().println(Texts.text("file-unusable", file.toString()));
      return ExitStatus.USAGE;
    }
    if (failure instanceof IOException) {
      line.getErr().println(Texts.failure(failure));
      return ExitStatus.UNREACHABLE;
    }
    line.getErr().println(Texts.text("defect", failure.getClass().getSimpleName()));
    Defects.log("command line", failure);
    return ExitStatus.FAILED;
  }
}
