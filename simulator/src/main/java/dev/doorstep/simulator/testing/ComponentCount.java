package dev.doorstep.simulator.testing;

import dev.doorstep.simulator.testing.ComponentLog.Tally;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The build's last line: how many tests used real software, so that none of them disappears
 * unnoticed. Its arguments are the folders of the modules. It needs no JUnit beside it.
 *
 * <p>Its exit status is 1 if the system property {@code doorstep.components} is {@code required}
 * and a test was left out, or none ran at all.
 */
public final class ComponentCount {

  /** The property that tells whether a missing program is a failure. */
  static final String COMPONENTS = "doorstep.components";

  private final Map<String, Tally> tallies = new TreeMap<>();

  /** Counts what the tests of these modules noted. */
  public ComponentCount(Iterable<Path> modules) {
    for (Path module : modules) {
      new ComponentLog(module).tallies().forEach((name, t) -> tallies.merge(name, t, Tally::plus));
    }
  }

  /** Prints the count and exits. */
  public static void main(String[] modules) {
    ComponentCount count = new ComponentCount(Arrays.stream(modules).map(Path::of).toList());
    System.out.println(count);
    if (requires(Optional.ofNullable(System.getProperty(COMPONENTS))) && !count.complete()) {
      System.err.println("Real components are required: install what is missing.");
      System.exit(1);
    }
  }

  /** Tells whether this value of the property makes a missing program a failure. */
  static boolean requires(Optional<String> components) {
    return components.filter("required"::equals).isPresent();
  }

  /** Tells whether tests with real software ran and none was left out. */
  public boolean complete() {
    return tallies.values().stream().anyMatch(t -> t.run() > 0)
        && tallies.values().stream().allMatch(t -> t.leftOut() == 0);
  }

  /** The line, such as {@code Real components: mosquitto 12 run, socat 5 run}. */
  @Override
  public String toString() {
    return tallies.entrySet().stream()
        .map(e -> line(e.getKey(), e.getValue()))
        .collect(Collectors.collectingAndThen(Collectors.joining(", "), ComponentCount::headed));
  }

  private static String headed(String tallies) {
    return "Real components: " + (tallies.isEmpty() ? "none run" : tallies);
  }

  private static String line(String name, Tally tally) {
    String ran = name + " " + tally.run() + " run";
    return tally.leftOut() == 0
        ? ran
        : ran + " (" + tally.leftOut() + " left out: " + new Component(name).installation() + ")";
  }
}
