package dev.doorstep.agent.cli;

import dev.doorstep.agent.StartException;
import dev.doorstep.agent.config.ConfigurationException;
import dev.doorstep.agent.device.Defects;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import picocli.CommandLine;

/** Turns what a command throws into a line for people and an exit status. */
final class Failures implements CommandLine.IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(
      Exception failure, CommandLine line, CommandLine.ParseResult arguments) {
    return told(failure, line.getErr());
  }

  /** Tells people and gives the status. */
  static int told(Exception failure, PrintWriter err) {
    if (failure instanceof CommandLine.ParameterException wrong) {
      err.println(wrong.getMessage());
      return ExitStatus.USAGE;
    }
    if (failure instanceof ConfigurationException || failure instanceof StartException) {
      err.println(failure.getMessage());
      return ExitStatus.USAGE;
    }
    if (failure instanceof IllegalArgumentException) {
      err.println(failure.getMessage()); // a name or a range, checked where it is used
      return ExitStatus.USAGE;
    }
    if (failure instanceof FileSystemException file) {
      err.println(Texts.text("file-unusable", file.toString()));
      return ExitStatus.USAGE;
    }
    if (failure instanceof IOException) {
      err.println(Texts.failure(failure));
      return ExitStatus.UNREACHABLE;
    }
    err.println(Texts.text("defect", failure.getClass().getSimpleName()));
    Defects.log("command line", failure);
    return ExitStatus.FAILED;
  }
}
