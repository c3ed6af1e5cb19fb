package dev.doorstep.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainRunTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run --config a.yaml",
        "run --lang zh --config a.yaml",
        "run --config a.yaml --lang en",
        "--lang en run --config a.yaml"
      })
  void whatServicesWriteIsUnderstood(String line) {
    assertThat(PlainRun.of(line.split(" "))).contains(new PlainRun("a.yaml"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "run --config",
        "run --help",
        "run --config a.yaml --help",
        "run --config=a.yaml",
        "run --config a.yaml --config b.yaml",
        "run run --config a.yaml",
        "--config a.yaml run",
        "run --config a.yaml more",
        "run --config -a.yaml",
        "run --config @a.yaml",
        "run --config a",
        "run --lang --config a.yaml",
        "run --lang fr --config a.yaml",
        "run --lang zh --lang en --config a.yaml",
        "check a.yaml"
      })
  void everythingElseIsLeftToTheParser(String line) {
    assertThat(PlainRun.of(line.split(" "))).isEmpty();
  }

  @Test
  void itFailsAsTheParserWould() throws Exception {
    Path file = Files.writeString(folder.resolve("doorstep.yaml"), "point: {id: P}\n");
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();

    int status =
        new PlainRun(file.toString())
            .execute(new PrintWriter(out, true), new PrintWriter(err, true));

    Shell.Left parsed = Shell.run("run", "--config", file.toString());
    assertThat(status).isEqualTo(2).isEqualTo(parsed.status());
    assertThat(err.toString()).isNotEmpty().isEqualTo(parsed.err());
    assertThat(out.toString()).isEmpty();
  }
}
