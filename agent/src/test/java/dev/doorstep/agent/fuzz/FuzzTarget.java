package dev.doorstep.agent.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A method that takes any bytes.
 *
 * @param type the name of its class
 * @param method its name
 */
record FuzzTarget(String type, String method) {
  private static final String SUFFIX = "FuzzTest.class";

  /** The targets of the classes whose name ends with {@code FuzzTest}, by name. */
  static List<FuzzTarget> in(Path classes) throws IOException, ClassNotFoundException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(classes)) {
      files = all.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    }
    List<FuzzTarget> targets = new ArrayList<>();
    URL[] own = {classes.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(own, FuzzTarget.class.getClassLoader())) {
      for (Path file : files) {
        String path = classes.relativize(file).toString();
        String type =
            path.substring(0, path.length() - ".class".length()).replaceAll("[/\\\\]", ".");
        Stream.of(Class.forName(type, false, loader).getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(FuzzTest.class))
            .map(Method::getName)
            .sorted()
            .forEach(method -> targets.add(new FuzzTarget(type, method)));
      }
    }
    return targets;
  }

  /** As people call it, such as {@code CodecFuzzTest.command}. */
  String name() {
    return type.substring(type.lastIndexOf('.') + 1) + "." + method;
  }
}
