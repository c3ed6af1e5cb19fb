package dev.doorstep.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.simulator.testing.RealComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The embedded broker as mosquitto's own clients see it. */
@RealComponent("mosquitto_pub")
@RealComponent("mosquitto_rr")
class CommandLineClientsTest {

  private static String run(EmbeddedBroker broker, String program, String... arguments)
      throws Exception {
    List<String> command =
        new ArrayList<>(List.of(program, "-V", "5", "-q", "1", "-p", "" + broker.port()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("%s ended", command).isTrue();
      return new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aRetainedMessageAnswersARequestOfTheSameTopic() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(0)) {
      run(broker, "mosquitto_pub", "-r", "-t", "p/reply/shell", "-m", "hello");

      String reply =
          run(
              broker,
              "mosquitto_rr",
              "-W",
              "10",
              "-t",
              "p/command/x",
              "-e",
              "p/reply/shell",
              "-m",
              "ask");

      assertThat(reply).isEqualTo("hello");
    }
  }
}
