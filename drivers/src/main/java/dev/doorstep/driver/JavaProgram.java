package dev.doorstep.driver;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Java program of Doorstep's own in a process of its own, for documents and pictures that come
 * from anywhere: whatever they do to a library, the agent stays, and a process can be ended in the
 * middle. What it writes on its error output goes nowhere, since libraries repeat there what stands
 * in a document.
 */
public final class JavaProgram {
  private JavaProgram() {}

  /**
   * Starts one with this Java, without a screen and with a small collector.
   *
   * @param main what it runs
   * @param temporary its folder for temporary files
   * @param options of the virtual machine, its largest heap among them
   * @param classPath where its classes are
   * @param words its arguments
   * @throws IOException if the system starts no process
   */
  public static Process start(
      Class<?> main, Path temporary, List<String> options, String classPath, List<String> words)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:-UsePerfData", "-Djava.awt.headless=true"));
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("MALLOC_ARENA_MAX", "2"); // else glibc keeps a heap for each thread
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
