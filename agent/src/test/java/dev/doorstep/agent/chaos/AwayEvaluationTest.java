package dev.doorstep.agent.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorstep.agent.Agent;
import dev.doorstep.agent.RunningPoint;
import dev.doorstep.protocol.DeviceStatus;
import dev.doorstep.protocol.center.Center;
import dev.doorstep.protocol.operation.AskEvaluation;
import dev.doorstep.protocol.operation.Evaluation;
import dev.doorstep.protocol.operation.EvaluationLevel;
import dev.doorstep.simulator.device.Resident;
import dev.doorstep.simulator.testing.FaultyNetwork;
import dev.doorstep.simulator.testing.MosquittoBroker;
import dev.doorstep.simulator.testing.RealComponent;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A resident who answers while the broker is away. */
@RealComponent("mosquitto")
class AwayEvaluationTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String PAD = "- {id: pad, driver: web-screen, connection: \"screen:pad\"}\n";

  @TempDir private Path home;
  @TempDir private Path folder;
  private MosquittoBroker broker;

  @BeforeEach
  void start() {
    broker = MosquittoBroker.start(home);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void theAnswerIsKeptOverARestartAndArrivesOnce() throws Exception {
    try (Center center = Center.connect(URI.create(broker.url()), "hall");
        Ear ear = new Ear(broker.url(), "doorstep/v1/P/reply/hall");
        FaultyNetwork network = FaultyNetwork.to(broker.port())) {
      CompletableFuture<Evaluation> asked;
      try (Agent agent = RunningPoint.start(folder, network.url(), PAD);
          Resident resident = Resident.open(agent.screen("pad").orElseThrow())) {
        resident.willStayAway();
        await().atMost(PATIENCE).until(() -> agent.isOnline() && pad(agent).cause().isEmpty());
        asked =
            center
                .point("P")
                .call(
                    "pad",
                    AskEvaluation.plain(Optional.empty(), Optional.empty(), PATIENCE),
                    PATIENCE.multipliedBy(2))
                .toCompletableFuture();
        await().atMost(PATIENCE).until(() -> resident.tasksSeen().size() == 1);
        network.refuse();
        network.reset();
        await().atMost(PATIENCE).until(() -> !agent.isOnline());

        resident.willPress("DISSATISFIED");

        await().atMost(PATIENCE).until(() -> pad(agent).state().is(DeviceStatus.State.READY));
        assertThat(asked).isNotDone();
      }
      network.heal();
      try (Agent again = RunningPoint.start(folder, network.url(), PAD)) {
        Evaluation told = asked.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(again.isOnline()).isTrue();
        assertThat(told.level().orElseThrow().is(EvaluationLevel.DISSATISFIED)).isTrue();
        assertThat(told.answered()).isPresent();
      }
      assertThat(ear.on("hall"))
          .filteredOn(reply -> reply.path("state").asString().equals("succeeded"))
          .hasSize(1);
    }
  }

  private static DeviceStatus pad(Agent agent) {
    return agent.devices().find("pad").orElseThrow().status();
  }
}
