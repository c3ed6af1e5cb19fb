package dev.doorstep.agent.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.agent.AgentProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An agent's process that is killed and started again and again, over the same folder. */
final class KilledAgent implements AutoCloseable {
  private final Path configuration;
  private final Path said;
  private final List<Long> kills = new ArrayList<>();
  private Process process;

  /**
   * Starts it.
   *
   * @param said where to write what it says
   */
  KilledAgent(Path configuration, Path said) throws IOException {
    this.configuration = configuration;
    this.said = said;
    this.process = launch();
  }

  /** Starts it again. */
  void start() throws IOException {
    process = launch();
  }

  private Process launch() throws IOException {
    return AgentProcess.command(configuration)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()))
        .start();
  }

  /** Ends it at this instant by SIGKILL; it must have lived until now. */
  void kill() throws InterruptedException {
    assertThat(process.isAlive()).as("nobody else ended the agent").isTrue();
    process.destroyForcibly();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    kills.add(System.nanoTime());
  }

  /** When it was killed, in order. */
  List<Long> kills() {
    return List.copyOf(kills);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(20));
  }
}
