package dev.doorstep.agent.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code run}: the agent, until it is told to end. */
@Command(name = "run")
final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--config", paramLabel = "FILE", required = true, descriptionKey = "config")
  private Path file = Path.of("doorstep.yaml");

  @Override
  public Integer call() throws Exception {
    return PointRun.run(file, spec.commandLine().getOut());
  }
}
