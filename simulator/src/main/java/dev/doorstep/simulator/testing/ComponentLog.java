package dev.doorstep.simulator.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which tests used which program, in files of a module's {@code target/real-components}, one a
 * program: a line a test, {@code run} or {@code left-out} and its name. A test that ran again
 * counts as it went the last time.
 */
record ComponentLog(Path module) {

  private static final String RUN = "run ";
  private static final String LEFT_OUT = "left-out ";
  private static final String SUFFIX = ".txt";

  /**
   * How many tests used a program and how many could not.
   *
   * @param run tests that were started
   * @param leftOut tests that were left out
   */
  record Tally(int run, int leftOut) {
    Tally plus(Tally other) {
      return new Tally(run + other.run, leftOut + other.leftOut);
    }
  }

  void ran(Component component, String test) {
    append(component, RUN + test);
  }

  void leftOut(Component component, String test) {
    append(component, LEFT_OUT + test);
  }

  /** The tallies by program; none where no test needed any. */
  Map<String, Tally> tallies() {
    Map<String, Tally> tallies = new TreeMap<>();
    if (!Files.isDirectory(folder())) {
      return tallies;
    }
    try (Stream<Path> files = Files.list(folder())) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        tallies.put(name.substring(0, name.length() - SUFFIX.length()), tally(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tallies;
  }

  private static Tally tally(Path file) throws IOException {
    Map<String, Boolean> ranByTest = new HashMap<>();
    for (String line : Files.readAllLines(file)) {
      ranByTest.put(line.substring(line.indexOf(' ') + 1), line.startsWith(RUN));
    }
    int run = (int) ranByTest.values().stream().filter(ran -> ran).count();
    return new Tally(run, ranByTest.size() - run);
  }

  private void append(Component component, String line) {
    try {
      Files.createDirectories(folder());
      Files.writeString(
          folder().resolve(component.name() + SUFFIX),
          line + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path folder() {
    return module.resolve("target").resolve("real-components");
  }
}
