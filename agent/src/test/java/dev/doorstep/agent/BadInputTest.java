package dev.doorstep.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorstep.simulator.EmbeddedBroker;
import dev.doorstep.simulator.device.Fault;
import dev.doorstep.simulator.device.FaultyDevice;
import dev.doorstep.simulator.device.ResidentCard;
import dev.doorstep.simulator.device.SamReader;
import dev.doorstep.simulator.device.TcpWire;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Whatever comes in, it is answered or dropped and counted, and the next good command works. */
class BadInputTest {
  private static final String READ =
      """
      {"id":"%s","operation":"id-card.read","parameters":{"wait":"PT1S"},"timeout":"PT2S"}""";
  private static int ids;

  @TempDir private static Path folder;
  private static final SamReader reader = new SamReader();
  private static final FaultyDevice line = new FaultyDevice(reader);
  private static EmbeddedBroker broker;
  private static TcpWire wire;
  private static Agent agent;
  private static RawCenter center;

  @BeforeAll
  static void start() throws Exception {
    broker = EmbeddedBroker.start(0);
    wire = TcpWire.serve(line, 0);
    center = new RawCenter(broker.url(), "P"); // before: Artemis may miss what is told meanwhile
    agent =
        RunningPoint.start(
            folder,
            broker.url(),
            "- {id: reader, driver: sam-id-card, connection: \"tcp:127.0.0.1:"
                + wire.port()
                + "\"}");
    center.awaitDocument("device/reader", "state", "READY");
  }

  @AfterAll
  static void stop() throws Exception {
    center.close();
    agent.close();
    wire.close();
    broker.close();
  }

  /** After each bad thing a good command works. */
  @AfterEach
  void aGoodCommandWorks() throws Exception {
    line.clear();
    reader.lift();
    reader.place(ResidentCard.specimen());
    JsonNode reply = center.call("reader", READ.formatted("good-" + ids++));
    assertThat(reply.path("state").asString()).as(reply.toString()).isEqualTo("succeeded");
    assertThat(reply.path("result").path("number").asString()).isEqualTo("11010519491231002X");
  }

  static Stream<Arguments> badCommands() {
    return Stream.of(
        bad("reader", "no JSON at all", "MALFORMED", "no JSON at line 1, column", ""),
        bad("reader", "", "MALFORMED", "", ""),
        bad("reader", "{\"id\":\"cut\",\"operation\":", "MALFORMED", "no JSON at line 1", "cut"),
        bad("reader", "[]", "MALFORMED", "must be an object", ""),
        bad("reader", "{\"id\":\"n1\"}", "MALFORMED", "operation is missing", "n1"),
        bad("reader", "{\"operation\":\"id-card.read\"}", "MALFORMED", "id is missing", ""),
        bad("reader", READ.formatted("n2").replace("id\":", "id\":1,\"id\":"), "MALFORMED", "", ""),
        bad("reader", READ.formatted("a/b"), "MALFORMED", "id must be 1 to 64 of", "a/b"),
        bad(
            "reader",
            READ.formatted("n3").replace("PT2S", "PT0S"),
            "MALFORMED",
            "timeout must",
            "n3"),
        bad(
            "reader",
            READ.formatted("n4").replace("PT2S", "2"),
            "MALFORMED",
            "timeout: must be a duration",
            "n4"),
        bad(
            "reader",
            READ.formatted("n5").replace("\"timeout\"", "\"timeuot\""),
            "MALFORMED",
            "timeuot: unknown member",
            "n5"),
        bad("nobody", READ.formatted("n6"), "UNKNOWN_DEVICE", "no device of this name", "n6"),
        bad(
            "reader",
            READ.formatted("n7").replace("id-card.read", "ticket.print"),
            "UNSUPPORTED",
            "does not offer",
            "n7"),
        bad(
            "reader",
            READ.formatted("n8").replace("\"PT1S\"", "true"),
            "INVALID_PARAMETERS",
            "parameters.wait: must be a duration",
            "n8"),
        bad(
            "reader",
            READ.formatted("n9").replace("PT1S", "PT16M"),
            "INVALID_PARAMETERS",
            "wait must be PT0S to PT15M",
            "n9"),
        bad(
            "reader",
            READ.formatted("n10").replace("\"wait\"", "\"dupelx\":true,\"wait\""),
            "INVALID_PARAMETERS",
            "parameters.dupelx: unknown member",
            "n10"),
        bad(
            "reader",
            READ.formatted("n11").replace("PT1S", "x".repeat(300 << 10)),
            "TOO_LARGE",
            "the message has",
            "n11"),
        bad(
            "reader",
            "{\"id\":\"n12\",\"operation\":\"id-card.read\",\"parameters\":"
                + "[".repeat(5000)
                + "}",
            "MALFORMED",
            "",
            "n12"));
  }

  @ParameterizedTest(name = "{2} {3}")
  @MethodSource("badCommands")
  void aBadCommandIsRejected(String device, String json, String code, String detail, String id)
      throws Exception {
    JsonNode reply = center.call(device, json);

    assertThat(reply.path("state").asString()).isEqualTo("rejected");
    assertThat(reply.path("error").path("code").asString()).isEqualTo(code);
    assertThat(reply.path("error").path("detail").asString()).contains(detail);
    assertThat(reply.path("error").path("recovery").asString()).isNotEmpty();
    assertThat(reply.path("id").asString("")).isEqualTo(id);
  }

  static Stream<Arguments> unanswerable() {
    return Stream.of(
        Arguments.of(Optional.empty(), "no-response-topic"),
        Arguments.of(Optional.of("doorstep/v1/Q/reply/raw"), "foreign-response-topic"),
        Arguments.of(Optional.of("doorstep/v1/P/device/reader"), "foreign-response-topic"),
        Arguments.of(Optional.of("doorstep/v1/P/reply/a/b"), "foreign-response-topic"),
        Arguments.of(Optional.of("elsewhere"), "foreign-response-topic"));
  }

  @ParameterizedTest
  @MethodSource("unanswerable")
  void whatNobodyCanBeAnsweredForIsDroppedAndCounted(Optional<String> topic, String reason)
      throws Exception {
    double before = dropped(reason);
    int reads = reader.reads();

    center.send("reader", READ.formatted("x").getBytes(StandardCharsets.UTF_8), topic, false);

    await().until(() -> dropped(reason) == before + 1);
    assertThat(reader.reads()).isEqualTo(reads);
  }

  static Stream<Arguments> badReaders() {
    return Stream.of(
        Arguments.of(Fault.endlessNoise(), "GARBLED"),
        Arguments.of(Fault.cut(6), "TIMEOUT"),
        Arguments.of(Fault.badChecksum(), "GARBLED"),
        Arguments.of(Fault.announcedLength(0xFFFF), "GARBLED"),
        Arguments.of(Fault.silence(), "TIMEOUT"));
  }

  @ParameterizedTest(name = "{0} → {1}")
  @MethodSource("badReaders")
  void aReaderThatMisbehavesIsToldAsSuch(Fault fault, String code) throws Exception {
    line.fault(fault);

    JsonNode reply = center.call("reader", READ.formatted("bad-" + ids++));

    assertThat(reply.path("state").asString()).isEqualTo("failed");
    assertThat(reply.path("error").path("code").asString()).isEqualTo(code);
    assertThat(reply.path("error").path("kind").asString()).isEqualTo("LINK");
  }

  private static Arguments bad(String device, String json, String code, String detail, String id) {
    return Arguments.of(device, json, code, detail, id);
  }

  private static double dropped(String reason) {
    String name = "doorstep_commands_dropped_total{reason=\"" + reason + "\"}";
    return agent
        .metrics()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .findFirst()
        .orElse(0);
  }
}
