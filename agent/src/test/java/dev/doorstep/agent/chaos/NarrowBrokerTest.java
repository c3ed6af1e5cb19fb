package dev.doorstep.agent.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorstep.agent.Agent;
import dev.doorstep.agent.RunningPoint;
import dev.doorstep.protocol.center.CallOptions;
import dev.doorstep.protocol.center.Center;
import dev.doorstep.protocol.operation.Printed;
import dev.doorstep.simulator.device.TcpWire;
import dev.doorstep.simulator.testing.MosquittoBroker;
import dev.doorstep.simulator.testing.RealComponent;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Brokers that take little at a time: what they say in CONNACK is obeyed on both sides. */
@RealComponent("mosquitto")
class NarrowBrokerTest {
  private static final int CALLS = 40;
  private static final int AT_ONCE = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir private Path home;
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "max_inflight_messages 1",
        "max_inflight_messages 2",
        "max_packet_size 4000",
        "max_qos 0"
      })
  void everyCallHasItsResult(String limit) throws Exception {
    PacedPrinter printer = new PacedPrinter(Duration.ofMillis(2));
    List<String> states = new ArrayList<>();
    try (MosquittoBroker broker = MosquittoBroker.start(home, limit);
        TcpWire wire = TcpWire.serve(printer, 0);
        Ear ear = new Ear(broker.url(), "doorstep/v1/P/#");
        Center center = Center.connect(URI.create(broker.url()), "hall")) {
      try (Agent agent =
          RunningPoint.start(
              folder,
              broker.url(),
              "- {id: tickets, driver: esc-pos, connection: \"tcp:127.0.0.1:%d\"}"
                  .formatted(wire.port()))) {
        await().atMost(PATIENCE).until(() -> agent.isOnline() && state(ear).equals("online"));
        for (int from = 0; from < CALLS; from += AT_ONCE) {
          List<CompletionStage<Printed>> calls = new ArrayList<>();
          for (int i = from; i < from + AT_ONCE; i++) {
            calls.add(print(center, "t-%06d".formatted(i), states));
          }
          for (CompletionStage<Printed> call : calls) {
            Printed printed =
                call.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(printed.state().is(Printed.State.PRINTED)).isTrue();
          }
        }
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    ear.last("/device/tickets")
                        .filter(it -> it.path("state").asString().equals("READY"))
                        .isPresent());
        assertThat(agent.isOnline()).isTrue();
        assertThat(ear.on("/status")).as("the connection held").hasSize(1);
      }
      await().atMost(PATIENCE).until(() -> state(ear).equals("offline"));
    }
    List<String> paper = printer.paper();
    for (int i = 0; i < CALLS; i++) {
      assertThat(Collections.frequency(paper, "t-%06d first".formatted(i))).isOne();
    }
    assertThat(states).hasSizeGreaterThanOrEqualTo(2 * CALLS);
  }

  private static CompletionStage<Printed> print(Center center, String id, List<String> states) {
    CallOptions options =
        CallOptions.of(Duration.ofSeconds(20))
            .withId(id)
            .withUpdates(
                update -> {
                  synchronized (states) {
                    states.add(update.state().text());
                  }
                });
    return center.point("P").call("tickets", TicketDesk.ticket(id), options);
  }

  private static String state(Ear ear) {
    return ear.last("/status").map(it -> it.path("state").asString()).orElse("");
  }
}
