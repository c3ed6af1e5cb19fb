package dev.doorstep.simulator.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a program can leave behind, at one moment.
 *
 * @param threads live threads that are ours by name, or that would keep the program from ending
 * @param children live child processes
 * @param files temporary files that are ours by name
 */
record Traces(Set<Thread> threads, Set<ProcessHandle> children, Set<Path> files) {

  private static final String OURS = "doorstep";

  /** JUnit watches time limits with a thread of its own, which is no daemon. */
  private static final String JUNIT = "junit-";

  Traces {
    threads = Set.copyOf(threads);
    children = Set.copyOf(children);
    files = Set.copyOf(files);
  }

  static Traces now() {
    Set<Thread> threads = new HashSet<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      String name = thread.getName();
      if (name.startsWith(OURS + "-") || (!thread.isDaemon() && !name.startsWith(JUNIT))) {
        threads.add(thread);
      }
    }
    Set<ProcessHandle> children = new HashSet<>();
    ProcessHandle.current().children().filter(ProcessHandle::isAlive).forEach(children::add);
    return new Traces(threads, children, temporaryFiles());
  }

  /** What is here and was not then, one line each. */
  List<String> since(Traces then) {
    List<String> left = new ArrayList<>();
    threads.stream()
        .filter(thread -> !then.threads.contains(thread))
        .forEach(thread -> left.add("thread " + thread.getName()));
    children.stream()
        .filter(child -> !then.children.contains(child))
        .forEach(
            child -> left.add("process " + child.pid() + " " + child.info().command().orElse("")));
    files.stream()
        .filter(file -> !then.files.contains(file))
        .forEach(file -> left.add("file " + file));
    return left;
  }

  private static Set<Path> temporaryFiles() {
    Set<Path> files = new HashSet<>();
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      // A build may name a folder of its own and leave the making to whoever comes first.
      Files.createDirectories(folder);
      try (DirectoryStream<Path> ours = Files.newDirectoryStream(folder, OURS + "*")) {
        ours.forEach(files::add);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }
}
