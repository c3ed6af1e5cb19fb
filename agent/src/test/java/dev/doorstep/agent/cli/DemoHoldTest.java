package dev.doorstep.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.simulator.device.Resident;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The demo that goes on, as a process of its own that is ended by Ctrl-C. */
class DemoHoldTest {
  @TempDir private Path folder;

  @Test
  void whoOpensThePageIsAskedAgainAndAgainUntilCtrlC() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "demo",
                "--hold",
                "--json",
                "--output",
                folder.resolve("visit").toString())
            .redirectError(folder.resolve("errors").toFile())
            .start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      JsonNode line = JsonMapper.shared().readTree(lines.readLine());
      while (line.path("screen").isMissingNode()) {
        line = JsonMapper.shared().readTree(lines.readLine());
      }
      try (Resident resident = Resident.open(URI.create(line.path("screen").asString()))) {
        resident.willPress("SATISFIED");
        for (int round = 0; round < 2; round++) {
          assertThat(answered(lines, "screen.confirm").path("answer").asString()).isEqualTo("YES");
          assertThat(answered(lines, "screen.sign").path("answer").asString()).isEqualTo("SIGNED");
          assertThat(answered(lines, "evaluation.ask").path("level").asString())
              .isEqualTo("SATISFIED");
        }
      }
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith("doorstep-demo"));
    }
  }

  private static JsonNode answered(BufferedReader lines, String operation) throws IOException {
    JsonNode step = JsonMapper.shared().readTree(lines.readLine());
    assertThat(step.path("step").asString()).isEqualTo(operation);
    return step.path("read");
  }
}
