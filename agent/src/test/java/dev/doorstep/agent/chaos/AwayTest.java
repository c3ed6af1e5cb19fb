package dev.doorstep.agent.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorstep.agent.Agent;
import dev.doorstep.agent.Drivers;
import dev.doorstep.agent.RunningPoint;
import dev.doorstep.agent.chaos.TicketDesk.Sent;
import dev.doorstep.agent.config.ConfigurationFile;
import dev.doorstep.driver.Driver;
import dev.doorstep.driver.Subject;
import dev.doorstep.protocol.State;
import dev.doorstep.protocol.center.CallOptions;
import dev.doorstep.protocol.center.Center;
import dev.doorstep.protocol.operation.Printed;
import dev.doorstep.simulator.device.TcpWire;
import dev.doorstep.simulator.testing.FaultyNetwork;
import dev.doorstep.simulator.testing.MosquittoBroker;
import dev.doorstep.simulator.testing.RealComponent;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody is away, or comes twice: the point, its broker, its clock. */
@RealComponent("mosquitto")
class AwayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String PRINTER =
      "- {id: tickets, driver: esc-pos, connection: \"tcp:127.0.0.1:%d\"}\n";

  @TempDir private Path home;
  @TempDir private Path folder;
  @TempDir private Path other;
  private final PacedPrinter printer = new PacedPrinter(Duration.ofMillis(20));
  private MosquittoBroker broker;
  private TcpWire wire;

  @BeforeEach
  void start() {
    broker = MosquittoBroker.start(home);
    wire = TcpWire.serve(printer, 0);
  }

  @AfterEach
  void stop() {
    wire.close();
    broker.close();
  }

  @Test
  void aLateWillOfAnOldSessionDoesNotStay() throws Exception {
    try (Ear ear = new Ear(broker.url(), "doorstep/v1/P/status");
        Agent agent = agent(folder, broker.url())) {
      await().atMost(PATIENCE).until(() -> state(ear).equals("online"));
      String session = session(ear);

      ear.say("doorstep/v1/P/status", "{\"state\":\"lost\",\"session\":\"" + "old\"}");

      await().atMost(PATIENCE).until(() -> ear.on("status").size() > 2);
      assertThat(agent.isOnline()).isTrue();
      assertThat(state(ear)).isEqualTo("online");
      assertThat(session(ear)).isEqualTo(session);
      assertThat(ear.on("status")).extracting(it -> it.path("state").asString()).contains("lost");
    }
    try (Ear later = new Ear(broker.url(), "doorstep/v1/P/status")) {
      await().atMost(PATIENCE).until(() -> state(later).equals("offline"));
    }
  }

  @Test
  void twoMachinesUnderOneNameLeaveThePointUsableAndTheOneThatStaysHasIt() throws Exception {
    try (FaultyNetwork network = FaultyNetwork.to(broker.port());
        Ear ear = new Ear(broker.url(), "doorstep/v1/P/status");
        Agent one = agent(folder, network.url())) {
      await().atMost(PATIENCE).until(() -> state(ear).equals("online"));
      String session = session(ear);

      try (Agent two = agent(other, network.url())) {
        await().atMost(PATIENCE).until(() -> !session(ear).equals(session));
        await().atMost(PATIENCE).until(two::isOnline);
        await().atMost(PATIENCE).until(() -> network.accepted() > 3); // each came back
      }
      await()
          .atMost(PATIENCE)
          .until(
              () -> one.isOnline() && session(ear).equals(session) && state(ear).equals("online"));

      try (Center center = Center.connect(URI.create(broker.url()), "hall")) {
        assertThat(result(print(center, "t-000001")).state().is(Printed.State.PRINTED)).isTrue();
      }
    }
  }

  @Test
  void callsThatTheBrokerLostAreMadeAgainAndPrintedOnce() throws Exception {
    try (Center center = Center.connect(URI.create(broker.url()), "hall")) {
      agent(folder, broker.url()).close(); // the broker keeps what comes for it from now on
      List<CompletionStage<Printed>> calls = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        calls.add(print(center, "t-00000" + i));
      }
      broker.kill();
      broker.restart();
      try (Agent agent = agent(folder, broker.url())) {
        for (CompletionStage<Printed> call : calls) {
          assertThat(result(call).state().is(Printed.State.PRINTED)).isTrue();
        }
        assertThat(agent.isOnline()).isTrue();
      }
    }
    List<String> paper = printer.paper();
    for (int i = 0; i < 5; i++) {
      assertThat(Collections.frequency(paper, "t-00000" + i + " first")).isOne();
    }
  }

  @Test
  void whatWaitsForTheBrokerArrivesInOrderAndOnceAlsoAfterARestart() throws Exception {
    PacedPrinter slow = new PacedPrinter(Duration.ofMillis(300));
    Bells bells = new Bells();
    try (TcpWire slowly = TcpWire.serve(slow, 0);
        FaultyNetwork network = FaultyNetwork.to(broker.port());
        Ear ear = new Ear(broker.url(), "doorstep/v1/P/event/#");
        TicketDesk desk = new TicketDesk(broker.url())) {
      Path file =
          RunningPoint.write(
              folder,
              network.url(),
              PRINTER.formatted(slowly.port())
                  + "- {id: front, driver: bell, connection: \"tcp:127.0.0.1:1\"}\n"
                  + "- {id: back, driver: bell, connection: \"tcp:127.0.0.1:1\"}\n");
      try (Agent agent = start(file, bells)) {
        await().atMost(PATIENCE).until(() -> agent.isOnline() && bells.open() == 2);
        away(network, agent, desk, slow);
        for (int i = 0; i < 10; i++) {
          bells.ring("front", i % 3 == 0 ? Subject.PERSON : Subject.DEVICE, i);
          bells.ring("back", Subject.DEVICE, i);
        }
        network.heal();
        await().atMost(PATIENCE).until(() -> rings(ear, "back").size() == 10);
        await().atMost(PATIENCE).until(() -> desk.sent().get(0).hasEnded());

        away(network, agent, desk, slow);
        for (int i = 10; i < 20; i++) {
          bells.ring("front", i % 3 == 0 ? Subject.PERSON : Subject.DEVICE, i);
          bells.ring("back", Subject.DEVICE, i);
        }
        Path journal = folder.resolve("data").resolve("journal.db");
        await().atMost(PATIENCE).until(() -> states(journal, "ended IS NULL").isEmpty());
      }
      try (Agent agent = start(file, bells)) {
        assertThat(agent.isOnline()).isFalse();
        network.heal();
        await().atMost(PATIENCE).until(() -> rings(ear, "back").size() == 20);
        await().atMost(PATIENCE).until(() -> desk.sent().get(1).hasEnded());
      }
      assertThat(rings(ear, "back"))
          .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19);
      assertThat(rings(ear, "front"))
          .as("those after 9 that stand for a person, 12, 15 and 18, were never on disk")
          .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 16, 17, 19);
      for (Sent one : desk.sent()) {
        assertThat(one.ends()).as(one.id()).hasSize(1);
        assertThat(one.is(State.SUCCEEDED)).as(one.id() + ": " + one.end()).isTrue();
      }
    }
  }

  @Test
  void aClockThatWasSetBackExpiresWhatWaited() throws Exception {
    PacedPrinter slow = new PacedPrinter(Duration.ofSeconds(1));
    try (TcpWire slowly = TcpWire.serve(slow, 0);
        TicketDesk desk = new TicketDesk(broker.url());
        KilledAgent agent =
            new KilledAgent(
                RunningPoint.write(folder, broker.url(), PRINTER.formatted(slowly.port())),
                folder.resolve("agent.log"))) {
      await().atMost(PATIENCE).until(() -> desk.status().isPresent());
      for (int i = 0; i < 3; i++) {
        desk.print();
      }
      Path journal = folder.resolve("data").resolve("journal.db");
      await()
          .atMost(PATIENCE)
          .until(() -> states(journal, "seq > 0").size() == 3 && !slow.begun().isEmpty());
      agent.kill();
      slow.losePower();
      // As if the clock had been an hour ahead when they came.
      change(
          journal, "UPDATE command SET arrived = arrived + 3600000, expires = expires + 3600000");
      agent.start();

      for (Sent one : desk.sent()) {
        await().atMost(PATIENCE).until(one::hasEnded);
      }
      assertThat(desk.sent().get(0).end()).isEqualTo("unknown AGENT_RESTARTED");
      assertThat(desk.sent().get(1).end()).isEqualTo("expired EXPIRED");
      assertThat(desk.sent().get(2).end()).isEqualTo("expired EXPIRED");
      desk.print();
      Sent next = desk.sent().get(3);
      await().atMost(PATIENCE).until(next::hasEnded);
      assertThat(next.is(State.SUCCEEDED)).as(next.end()).isTrue();
    }
    assertThat(slow.begun()).containsOnlyKeys("t-000000", "t-000003");
  }

  /** Has a ticket printed whose reply finds no broker. */
  private static void away(
      FaultyNetwork network, Agent agent, TicketDesk desk, PacedPrinter printer) throws Exception {
    var cut = printer.afterCut();
    var begun = printer.after(100);
    desk.print();
    assertThat(begun.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    network.refuse();
    network.reset();
    await().atMost(PATIENCE).until(() -> !agent.isOnline());
    assertThat(cut.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  private static List<Integer> rings(Ear ear, String bell) {
    return ear.on("/event/" + bell).stream()
        .map(event -> event.path("data").path("number").asInt())
        .toList();
  }

  private static String state(Ear ear) {
    return ear.last("/status").map(it -> it.path("state").asString()).orElse("");
  }

  private static String session(Ear ear) {
    return ear.last("/status").map(it -> it.path("session").asString()).orElse("");
  }

  private Agent agent(Path where, String url) throws Exception {
    Agent agent = RunningPoint.start(where, url, PRINTER.formatted(wire.port()));
    await().atMost(PATIENCE).until(agent::isOnline);
    return agent;
  }

  private static Agent start(Path file, Bells bells) throws Exception {
    Map<String, Driver> drivers = new TreeMap<>(Drivers.builtIn());
    drivers.put("bell", bells);
    return Agent.start(new ConfigurationFile(file, drivers).read(), drivers);
  }

  private static CompletionStage<Printed> print(Center center, String id) {
    return center
        .point("P")
        .call(
            "tickets",
            TicketDesk.ticket(id),
            CallOptions.of(Duration.ofSeconds(20)).withId(id).withQueued(true));
  }

  private static <T> T result(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static List<String> states(Path journal, String which) throws SQLException {
    List<String> states = new ArrayList<>();
    if (!Files.exists(journal)) {
      return states;
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + journal);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT state FROM command WHERE " + which)) {
      while (rows.next()) {
        states.add(rows.getString(1));
      }
    }
    return states;
  }

  private static void change(Path journal, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + journal);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
