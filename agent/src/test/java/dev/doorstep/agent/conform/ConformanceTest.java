package dev.doorstep.agent.conform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorstep.agent.Agent;
import dev.doorstep.agent.RunningPoint;
import dev.doorstep.agent.cli.Shell;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.DeviceStatus.State;
import dev.doorstep.protocol.conformance.Rule;
import dev.doorstep.simulator.VirtualCounter;
import dev.doorstep.simulator.device.TcpWire;
import dev.doorstep.simulator.testing.MosquittoBroker;
import dev.doorstep.simulator.testing.RealComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The check of an agent, against ours, and against ours with a rule broken on purpose. */
@RealComponent("mosquitto")
class ConformanceTest {
  @TempDir private static Path folder;
  private static MosquittoBroker broker;
  private static VirtualCounter counter;
  private static TcpWire echo;
  private static Agent agent;

  @BeforeAll
  static void start() throws Exception {
    broker = MosquittoBroker.start(folder);
    counter = VirtualCounter.start(folder);
    echo = TcpWire.serve(new EchoBox(), 0);
    agent = RunningPoint.start(folder, broker.url(), devices());
    await()
        .atMost(Duration.ofSeconds(15))
        .until(
            () ->
                agent.isOnline()
                    && agent.devices().lanes().stream()
                        .allMatch(lane -> lane.status().state().is(State.READY)));
  }

  @AfterAll
  static void stop() {
    agent.close();
    echo.close();
    counter.close();
    broker.close();
  }

  private static String devices() {
    return """
        - {id: reader,  driver: sam-id-card,  connection: "%s"}
        - {id: camera,  driver: video-camera, connection: "%s"}
        - {id: printer, driver: esc-pos,      connection: "%s"}
        - {id: echo,    driver: echo,         connection: "tcp:127.0.0.1:%d"}
        """
        .formatted(
            counter.connection("reader"),
            counter.connection("camera"),
            counter.connection("printer"),
            echo.port());
  }

  private static Shell.Left conform(String point, String... more) {
    List<String> arguments = new ArrayList<>(List.of("center", "conform"));
    arguments.addAll(List.of("--broker", broker.url(), "--point", point));
    arguments.addAll(List.of(more));
    return Shell.run(arguments.toArray(String[]::new));
  }

  /** What {@code --json} tells of each rule. */
  private static Map<Rule, JsonNode> told(Shell.Left left) throws Exception {
    Map<Rule, JsonNode> told = new TreeMap<>();
    for (String line : left.out().lines().toList()) {
      JsonNode rule = Codec.read(JsonNode.class, line.getBytes(StandardCharsets.UTF_8));
      told.put(Rule.valueOf(rule.path("rule").asString()), rule);
    }
    return told;
  }

  @Test
  void ourAgentKeepsEveryRuleAndNothingIsLeftBehind() throws Exception {
    int tickets = counter.printer().tickets().size();

    Shell.Left left = conform("P", "--json", "--lang", "en");

    Map<Rule, JsonNode> told = told(left);
    assertThat(told.values().stream().filter(it -> !it.path("verdict").asString().equals("HOLDS")))
        .isEmpty();
    assertThat(told.keySet()).containsExactly(Rule.values());
    assertThat(left.status()).isZero();
    assertThat(counter.printer().tickets()).hasSize(tickets);
    try (Retained retained = new Retained(broker.url(), "doorstep/v1/P/#")) {
      assertThat(retained.topics())
          .allMatch(topic -> topic.matches("doorstep/v1/P/(status|about|device/[a-z]+)"));
    }
  }

  @Test
  void aTicketIsPrintedOnceIfThatIsAllowed() {
    int tickets = counter.printer().tickets().size();

    Shell.Left left = conform("P", "--physical", "--rule", "R20", "--lang", "en");

    assertThat(left.out())
        .isEqualTo(
            """
            R20  holds        A repeat of a finished command gets the final reply that was stored, and is
                              not carried out again.
            1 rules: 1 hold, 0 broken, 0 not checked
            """);
    assertThat(counter.printer().tickets()).hasSize(tickets + 1);
  }

  @Test
  void anAgentBehindABridgeThatChangesNothingKeepsEveryRule() throws Exception {
    try (Bridge bridge =
        new Bridge(broker.url(), "P", "plain", (topic, message) -> List.of(message))) {
      Shell.Left left = conform("plain", "--lang", "zh");

      assertThat(left.out()).endsWith("共 57 条规则：符合 57 条，不符合 0 条，未检查 0 条\n");
      assertThat(bridge.failures()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAgentThatBreaksARuleIsToldByItsNumber(Breach breach) throws Exception {
    String point = "breach-" + breach;
    try (Bridge bridge = new Bridge(broker.url(), "P", point, breach)) {
      String rule = breach.rule().name();

      Shell.Left left =
          conform(point, "--json", "--rule", rule, "--rule", "R9", "--patience", "PT4S");

      Map<Rule, JsonNode> told = told(left);
      assertThat(told.keySet())
          .as("%s, bridge: %s", left, bridge.failures())
          .containsExactlyInAnyOrder(breach.rule(), Rule.R9);
      assertThat(told.get(Rule.R9).path("verdict").asString()).isEqualTo("HOLDS");
      assertThat(told.get(breach.rule()).path("verdict").asString())
          .as(left.out())
          .isEqualTo("BROKEN");
      assertThat(told.get(breach.rule()).path("came").asString()).endsWith(breach.came());
      assertThat(left.status()).isEqualTo(1);
      assertThat(bridge.failures()).isEmpty();
    }
  }

  @Test
  void theTableIsAsTheReadmeShowsIt() throws Exception {
    try (Bridge bridge = new Bridge(broker.url(), "P", "dumb", Breach.DROPS_CORRELATION)) {
      Shell.Left left =
          conform(
              "dumb",
              "--device",
              "printer",
              "--rule",
              "R14",
              "--rule",
              "R21",
              "--rule",
              "R26",
              "--rule",
              "R34",
              "--lang",
              "en");

      assertThat(Files.readString(Path.of("README.md")))
          .contains("```text\n" + left.out() + "```\n");
      assertThat(left.out().lines()).allMatch(line -> line.length() <= 96);
      assertThat(bridge.failures()).isEmpty();
    }
  }

  @Test
  void whatIsNotThereIsNotChecked() throws Exception {
    Map<Rule, JsonNode> told = told(conform("P", "--json", "--device", "printer"));

    List<Rule> open =
        told.values().stream()
            .filter(it -> it.path("verdict").asString().equals("NOT_CHECKED"))
            .map(it -> Rule.valueOf(it.path("rule").asString()))
            .toList();
    assertThat(open)
        .containsExactly(
            Rule.R11, Rule.R12, Rule.R22, Rule.R30, Rule.R31, Rule.R33, Rule.R34, Rule.R35,
            Rule.R37, Rule.R38, Rule.R39, Rule.R40, Rule.R53);
    assertThat(told.get(Rule.R53).path("reason").asString()).isEqualTo("NO_SLOW_DEVICE");
    assertThat(told.get(Rule.R40).path("reason").asString()).isEqualTo("NO_DOCUMENT");
  }

  @Test
  void noBrokerNoPointAndNoRuleAreToldApart() {
    assertThat(conform("P", "--rule", "R0").status()).isEqualTo(2);
    assertThat(conform("no name").status()).isEqualTo(2);
    Shell.Left away = conform("nowhere", "--lang", "en");
    assertThat(away.status()).isEqualTo(3);
    assertThat(away.err()).isEqualTo("Point nowhere is not online; its status: -\n");
    assertThat(
            Shell.run("center", "conform", "--broker", "mqtt://127.0.0.1:1", "--point", "P")
                .status())
        .isEqualTo(3);
  }
}
