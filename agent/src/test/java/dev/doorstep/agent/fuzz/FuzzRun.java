package dev.doorstep.agent.fuzz;

import static java.util.stream.Collectors.joining;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Fuzzes every target for a time, each in a process of its own with a small heap, three at once for
 * two processors. The arguments are the time for each ({@code 10s}, {@code 1h}), a part of the
 * names of the targets to run, or {@code all}, the folder for logs, findings and corpora, and the
 * folders of the test classes.
 *
 * <p>Its exit status is 1 if a target failed; the log names the input, which then becomes a seed of
 * the target's test. A corpus is kept between runs: the next one goes on where this one ended.
 */
public final class FuzzRun {
  private static final String FUZZER = "com.code_intelligence.jazzer.Jazzer";

  /** What coverage is looked at: our own code, and the parsers that it hands bytes to. */
  private static final String INSTRUMENTED =
      "dev.doorstep.**:tools.jackson.core.json.**:org.snakeyaml.engine.**"
          + ":org.apache.hc.core5.http.impl.io.**:org.apache.hc.core5.http.message.**";

  /** Takes any connection for an attack; the program's work is to make them. */
  private static final String NOT_LOOKED_FOR =
      "com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery";

  /** The first input loads and instruments the classes. */
  private static final int SECONDS_OF_ONE_INPUT = 20;

  private final Duration time;
  private final Path folder;
  private final String classPath;

  private FuzzRun(Duration time, Path folder, List<String> classes) {
    this.time = time;
    this.classPath =
        classes.stream()
                .map(path -> Path.of(path).toAbsolutePath() + File.pathSeparator)
                .collect(joining())
            + System.getProperty("java.class.path");
    this.folder = folder;
  }

  /** Runs them, prints a line for each, and exits. */
  public static void main(String[] arguments) throws Exception {
    Duration time = Duration.parse("PT" + arguments[0].toUpperCase(Locale.ROOT));
    List<String> classes = Arrays.asList(arguments).subList(3, arguments.length);
    List<FuzzTarget> targets = new ArrayList<>();
    for (String each : classes) {
      targets.addAll(FuzzTarget.in(Path.of(each)));
    }
    targets.removeIf(
        target -> !arguments[1].equals("all") && !target.name().contains(arguments[1]));
    System.out.println("Fuzzing " + targets.size() + " targets, " + arguments[0] + " each");
    boolean held = new FuzzRun(time, Path.of(arguments[2]).toAbsolutePath(), classes).run(targets);
    System.exit(held && !targets.isEmpty() ? 0 : 1);
  }

  private boolean run(List<FuzzTarget> targets) throws Exception {
    ExecutorService atOnce =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors() * 3 / 2);
    try {
      boolean held = true;
      List<Callable<Boolean>> runs =
          targets.stream().<Callable<Boolean>>map(target -> () -> run(target)).toList();
      for (Future<Boolean> result : atOnce.invokeAll(runs)) {
        held &= result.get();
      }
      return held;
    } finally {
      atOnce.shutdownNow();
    }
  }

  private boolean run(FuzzTarget target) throws IOException, InterruptedException {
    Path own = Files.createDirectories(folder.resolve(target.name()));
    Path log = own.resolve("log.txt");
    Process process =
        new ProcessBuilder(command(target, own))
            .directory(own.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    try {
      boolean held = process.waitFor() == 0;
      String last = lastLine(log);
      System.out.println(
          (held ? "held    " : "FAILED  ") + target.name() + ": " + (held ? last : "see " + log));
      return held;
    } finally {
      process.destroyForcibly();
    }
  }

  private List<String> command(FuzzTarget target, Path own) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Djava.awt.headless=true",
        "-Djava.io.tmpdir=" + own,
        "-cp",
        classPath,
        FUZZER,
        "--target_class=" + target.type(),
        "--target_method=" + target.method(),
        "--instrumentation_includes=" + INSTRUMENTED,
        "--custom_hook_includes=dev.doorstep.**",
        "--disabled_hooks=" + NOT_LOOKED_FOR,
        "-artifact_prefix=" + own + "/",
        "-timeout=" + SECONDS_OF_ONE_INPUT,
        "-max_total_time=" + time.toSeconds());
  }

  private static String lastLine(Path log) throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      return lines.filter(line -> !line.isBlank()).reduce("no output", (first, next) -> next);
    }
  }
}
