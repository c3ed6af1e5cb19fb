package dev.doorstep.agent.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** With what the launcher starts the agent, as it told this process. */
final class JavaOptions {
  private static final String OPTIONS = "doorstep.run-options";
  private static final String CLASSES = "doorstep.run-classes";
  private static final String ARCHIVE = "doorstep.archive";

  private JavaOptions() {}

  /** The command line up to the main class. */
  static List<String> command() {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    options().ifPresent(file -> line.add("@" + file));
    Optional.ofNullable(System.getProperty(ARCHIVE))
        .filter(file -> Files.exists(Path.of(file)))
        .ifPresent(file -> line.add("-XX:SharedArchiveFile=" + file));
    line.addAll(
        Arrays.stream(System.getenv().getOrDefault("DOORSTEP_JAVA_OPTIONS", "").split(" "))
            .filter(option -> !option.isEmpty())
            .toList());
    String classes = System.getProperty(CLASSES, System.getProperty("java.class.path"));
    line.addAll(List.of("-cp", classes, "dev.doorstep.agent.cli.Main"));
    return line;
  }

  /** The launcher's file, or the one beside it where the tests run. */
  private static Optional<Path> options() {
    return Optional.of(Path.of(System.getProperty(OPTIONS, "bin/run.options")))
        .filter(Files::exists)
        .map(Path::toAbsolutePath);
  }
}
