package dev.doorstep.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code doorstep run} as a process of its own, with the classes under test. */
public final class AgentProcess {
  private final Process process;
  private final BufferedReader lines;
  private final String first;

  private AgentProcess(Process process) throws IOException {
    this.process = process;
    this.lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.first = String.valueOf(lines.readLine());
  }

  /** Starts it and waits for its first line. */
  static AgentProcess run(Path configuration) throws IOException {
    return new AgentProcess(command(configuration).start());
  }

  /** How it is started; it tells everything on its standard output. */
  public static ProcessBuilder command(Path configuration) {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx96m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dfile.encoding=UTF-8",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.doorstep.agent.cli.Main",
            "run",
            "--lang",
            "en",
            "--config",
            configuration.toString())
        .redirectErrorStream(true);
  }

  /** The port that its first line names. */
  int localPort() {
    assertThat(first).contains("health at http://127.0.0.1:");
    return Integer.parseInt(first.replaceAll(".*127\\.0\\.0\\.1:([0-9]+)/.*", "$1"));
  }

  /** The first line from now on that holds a text. */
  String line(String text) throws IOException {
    String line = nextLine();
    while (!line.contains(text) && !line.equals("null")) {
      line = nextLine();
    }
    return line;
  }

  private String nextLine() throws IOException {
    await().atMost(Duration.ofSeconds(30)).until(() -> lines.ready() || !process.isAlive());
    return String.valueOf(lines.readLine());
  }

  /** Asks it to end, as a service manager does. */
  int end() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(15, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  /** Ends it without a word. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(15, TimeUnit.SECONDS)).isTrue();
  }

  /** What it said, once it has ended by itself with the given status. */
  List<String> linesUntilItEnds(int status) throws InterruptedException {
    List<String> said = Stream.concat(Stream.of(first), lines.lines()).toList();
    assertThat(process.waitFor(15, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(status);
    return said;
  }
}
