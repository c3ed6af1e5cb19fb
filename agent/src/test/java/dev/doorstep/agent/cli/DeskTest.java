package dev.doorstep.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorstep.agent.demo.VirtualPoint;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.DeviceStatus;
import dev.doorstep.simulator.device.EscPosPrinter;
import dev.doorstep.simulator.device.ResidentCard;
import dev.doorstep.simulator.device.TcpWire;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** The technician's and the center's commands against a whole virtual point. */
class DeskTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private VirtualPoint point;

  @BeforeEach
  void start() throws Exception {
    point = new VirtualPoint();
  }

  @AfterEach
  void stop() {
    point.close();
  }

  @Test
  void execGoesThroughTheAgentThatRuns() throws Exception {
    point.counter().reader().place(ResidentCard.specimen());

    assertThat(run("exec", "--config", running(), "--json", "reader", "id-card.read")).isZero();
    JsonNode reply = json(out.toString());
    assertThat(reply.path("result").path("number").asString()).isEqualTo("11010519491231002X");
    assertThat(point.agent().metrics()).contains("doorstep_commands_total{device=\"reader\"");
  }

  @Test
  void execOpensTheDeviceItselfWhereNoAgentRuns() throws Exception {
    EscPosPrinter printer = new EscPosPrinter();
    try (TcpWire wire = TcpWire.serve(printer, 0)) {
      Path own =
          Files.writeString(
              folder.resolve("own.yaml"),
              """
              point: {id: P}
              mqtt: {url: "mqtt://127.0.0.1:1"}
              local: {port: 1}
              language: en
              devices:
                - {id: printer, driver: esc-pos, connection: "tcp:127.0.0.1:%d"}
              """
                  .formatted(wire.port()));

      int status =
          run(
              "exec",
              "--config",
              own.toString(),
              "printer",
              "ticket.print",
              "--set",
              "lines=[{\"text\":\"测试\"}]");

      assertThat(status).as(out + " " + err).isZero();
      assertThat(out.toString()).contains("succeeded", "state: PRINTED");
      assertThat(printer.tickets()).hasSize(1);
    }
  }

  @Test
  void aDocumentIsSavedWithItsBytes() throws Exception {
    int status =
        run(
            "exec",
            "--config",
            running(),
            "camera",
            "document.capture",
            "--save",
            folder.resolve("saved").toString());

    assertThat(status).as(err.toString()).isZero();
    assertThat(folder.resolve("saved/content.jpg")).exists();
    assertThat(Files.readAllBytes(folder.resolve("saved/content.jpg")))
        .startsWith(0xFF, 0xD8)
        .hasSizeGreaterThan(48 * 1024);
  }

  @Test
  void theCentersCallDoesTheSameOverTheBroker() throws Exception {
    String broker = point.agent().configuration().mqtt().url().toString();

    int status =
        run(
            "center",
            "call",
            "--broker",
            broker,
            "--point",
            VirtualPoint.POINT,
            "camera",
            "document.capture",
            "--save",
            folder.toString());

    assertThat(status).as(err.toString()).isZero();
    assertThat(out.toString()).contains("content: image/jpeg");
    assertThat(folder.resolve("content.jpg")).isNotEmptyFile();
  }

  @Test
  void theCentersListAndWatchTellOfThePoint() throws Exception {
    String broker = point.agent().configuration().mqtt().url().toString();

    assertThat(run("center", "points", "--broker", broker)).as(err.toString()).isZero();
    assertThat(out.toString())
        .containsPattern(VirtualPoint.POINT + " +online +[0-9TZ:.-]+ +.*reader");

    assertThat(run("center", "points", "--broker", broker, "--json")).isZero();
    String last = out.toString().lines().reduce((first, second) -> second).orElseThrow();
    assertThat(json(last).path(0).path("state").asString()).isEqualTo("online");

    String[] watch = {"center", "watch", "--broker", broker, "--for", "PT3S", "--json"};
    assertThat(run(watch)).isZero();
    assertThat(out.toString()).contains("\"device\":\"reader\",\"kind\":\"device\"");
  }

  @Test
  void aPointThatIsNotOnlineIsStatusThree() throws Exception {
    String broker = point.agent().configuration().mqtt().url().toString();
    String[] call = {
      "center", "call", "--broker", broker, "--point", "nobody", "reader", "id-card.read"
    };

    assertThat(run(call)).isEqualTo(3);
    assertThat(out.toString()).contains("NOT_ONLINE");
  }

  @Test
  void aFailureIsStatusOneAWrongRequestTwoAnAbsentDeviceThree() throws Exception {
    String[] read = {"exec", "--config", running(), "reader", "id-card.read", "--set", "wait=PT0S"};
    assertThat(run(read)).isEqualTo(1);
    assertThat(out.toString()).contains("failed", "NO_CARD");
    assertThat(run("exec", "--config", running(), "reader", "no.such")).isEqualTo(2);
    assertThat(run("exec", "--config", running(), "nobody", "id-card.read")).isEqualTo(2);

    point.counter().fault("printer", "gone");
    await().atMost(Duration.ofSeconds(15)).until(this::printerIsOffline);
    assertThat(
            run(
                "exec",
                "--config",
                running(),
                "printer",
                "ticket.print",
                "--set",
                "lines=[{\"text\":\"x\"}]"))
        .isEqualTo(3);
  }

  @Test
  void checkTellsOfEachDevice() throws Exception {
    assertThat(run("check", running(), "--lang", "en")).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("is right.", "lets the point in.")
        .containsPattern("reader +READY")
        .containsPattern("camera +READY")
        .containsPattern("printer +READY")
        .containsPattern("pad +READY");

    point.counter().fault("printer", "gone");
    assertThat(run("check", running(), "--json")).isEqualTo(1);
    String last = out.toString().lines().reduce((first, second) -> second).orElseThrow();
    assertThat(json(last).path("broker").asBoolean()).isTrue();
    assertThat(json(last).path("devices").path("printer").path("state").asString())
        .isEqualTo("OFFLINE");
  }

  private boolean printerIsOffline() {
    return point
        .agent()
        .devices()
        .find("printer")
        .orElseThrow()
        .status()
        .state()
        .is(DeviceStatus.State.OFFLINE);
  }

  /** The configuration of the point that runs, as the technician's file has it. */
  private String running() throws Exception {
    return Files.writeString(
            folder.resolve("running.yaml"),
            """
            point: {id: %s}
            mqtt: {url: "%s"}
            data: "%s"
            local: {port: %d}
            devices:
              - {id: reader,  driver: sam-id-card,  connection: "%s"}
              - {id: camera,  driver: video-camera, connection: "%s"}
              - {id: printer, driver: esc-pos,      connection: "%s"}
              - {id: pad,     driver: web-screen,   connection: "screen:pad"}
            """
                .formatted(
                    VirtualPoint.POINT,
                    point.agent().configuration().mqtt().url(),
                    point.agent().configuration().data(),
                    point.agent().localPort().orElseThrow(),
                    point.counter().connection("reader"),
                    point.counter().connection("camera"),
                    point.counter().connection("printer")))
        .toString();
  }

  private int run(String... arguments) {
    CommandLine line = Program.commandLine(arguments);
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  private static JsonNode json(String line) throws Exception {
    return Codec.read(JsonNode.class, line.getBytes(StandardCharsets.UTF_8));
  }
}
