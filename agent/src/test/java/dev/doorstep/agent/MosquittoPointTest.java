package dev.doorstep.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorstep.simulator.device.EscPosPrinter;
import dev.doorstep.simulator.device.ResidentCard;
import dev.doorstep.simulator.device.SamReader;
import dev.doorstep.simulator.device.TcpWire;
import dev.doorstep.simulator.testing.MosquittoBroker;
import dev.doorstep.simulator.testing.RealComponent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The agent as a process of its own, on Debian's mosquitto, called from the shell. */
@RealComponent("mosquitto")
class MosquittoPointTest {
  @TempDir private Path folder;
  private final SamReader reader = new SamReader();
  private MosquittoBroker broker;
  private TcpWire wire;
  private RawCenter center;
  private AgentProcess agent;

  @BeforeEach
  void start() throws Exception {
    broker = MosquittoBroker.start(folder);
    wire = TcpWire.serve(reader, 0);
    center = new RawCenter(broker.url(), "P");
    Path file = RunningPoint.write(folder, broker.url(), reader(wire.port()));
    agent = AgentProcess.run(file);
    center.awaitDocument("device/reader", "state", "READY");
    center.awaitDocument("status", "state", "online");
  }

  @AfterEach
  void stop() throws Exception {
    agent.kill();
    center.close();
    wire.close();
    broker.close();
  }

  @Test
  @RealComponent("mosquitto_rr")
  void theReadmesCommandPrintsTheCardAsJson() throws Exception {
    reader.place(ResidentCard.specimen());
    Process shell =
        new ProcessBuilder(
                "mosquitto_rr",
                "-p",
                Integer.toString(broker.port()),
                "-V",
                "5",
                "-q",
                "1",
                "-t",
                "doorstep/v1/P/command/reader",
                "-e",
                "doorstep/v1/P/reply/shell",
                "-m",
                "{\"id\":\"a1\",\"operation\":\"id-card.read\",\"parameters\":{\"wait\":\"PT5S\"},\"timeout\":\"PT10S\"}")
            .redirectErrorStream(true)
            .start();
    String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor(10, TimeUnit.SECONDS)).isTrue();

    JsonNode reply = new JsonMapper().readTree(printed);
    assertThat(reply.path("id").asString()).isEqualTo("a1");
    assertThat(reply.path("state").asString()).isEqualTo("succeeded");
    JsonNode card = reply.path("result");
    assertThat(card.path("type").asString()).isEqualTo("RESIDENT");
    assertThat(card.path("number").asString()).isEqualTo("11010519491231002X");
    assertThat(card.path("numberValid").asBoolean()).isTrue();
    assertThat(card.path("photo").path("contentType").asString()).isEqualTo("application/x-wlt");
    assertThat(card.has("passNumber")).isFalse();
  }

  @Test
  void aRetainedCommandIsRejected() throws Exception {
    reader.place(ResidentCard.specimen());
    int before = center.replies();

    center.send(
        "reader",
        "{\"id\":\"kept\",\"operation\":\"id-card.read\"}".getBytes(StandardCharsets.UTF_8),
        Optional.of(center.topic("reply/raw")),
        true);

    assertThat(center.next(before).path("error").path("code").asString()).isEqualTo("RETAINED");
    assertThat(reader.reads()).isZero();
  }

  @Test
  void aPointThatDiesIsLostAndOneThatLeavesIsOffline() throws Exception {
    String session = center.document("status").path("session").asString();
    assertThat(session).hasSizeGreaterThan(10);
    assertThat(center.document("device/reader").path("session").asString()).isEqualTo(session);

    agent.kill();
    center.awaitDocument("status", "state", "lost");
    assertThat(center.document("status").path("session").asString()).isEqualTo(session);

    agent = AgentProcess.run(folder.resolve("doorstep.yaml"));
    center.awaitDocument("status", "state", "online");
    assertThat(center.document("status").path("session").asString()).isNotEqualTo(session);

    assertThat(agent.end()).isZero();
    center.awaitDocument("status", "state", "offline");
  }

  @Test
  void thePointComesBackAfterTheBrokerDid() throws Exception {
    broker.restart();
    try (RawCenter again = new RawCenter(broker.url(), "P")) {
      again.awaitDocument("status", "state", "online");
      again.awaitDocument("about", "name", "测试服务点");
      again.awaitDocument("device/reader", "state", "READY");
      reader.place(ResidentCard.specimen());
      assertThat(
              again
                  .call("reader", "{\"id\":\"b\",\"operation\":\"id-card.read\"}")
                  .path("state")
                  .asString())
          .isEqualTo("succeeded");
    }
  }

  @Test
  void aReplyThatTheBrokerWouldNotTakeIsReplacedByAFailure() throws Exception {
    Path own = Files.createDirectory(folder.resolve("small"));
    SamReader spare = new SamReader();
    spare.place(ResidentCard.specimen());
    try (MosquittoBroker small = MosquittoBroker.start(own, "max_packet_size 1500");
        TcpWire line = TcpWire.serve(spare, 0);
        RawCenter asking = new RawCenter(small.url(), "P")) {
      AgentProcess other =
          AgentProcess.run(RunningPoint.write(own, small.url(), reader(line.port())));
      try {
        asking.awaitDocument("status", "state", "online");

        JsonNode reply = asking.call("reader", "{\"id\":\"s\",\"operation\":\"id-card.read\"}");

        assertThat(reply.path("state").asString()).isEqualTo("failed");
        assertThat(reply.path("error").path("code").asString()).isEqualTo("RESULT_GONE");
      } finally {
        other.kill();
      }
    }
  }

  @Test
  void aDocumentThatTheBrokerWouldNotTakeDoesNotKeepThePointAway() throws Exception {
    Path own = Files.createDirectory(folder.resolve("narrow"));
    try (MosquittoBroker small = MosquittoBroker.start(own, "max_packet_size 3000");
        RawCenter asking = new RawCenter(small.url(), "P")) {
      Path file = RunningPoint.write(own, small.url(), reader(1));
      Files.writeString(file, Files.readString(file).replace("测试服务点", "名".repeat(1500)));
      AgentProcess other = AgentProcess.run(file);
      try {
        asking.awaitDocument("status", "state", "online");

        JsonNode reply = asking.call("reader", "{\"id\":\"s\",\"operation\":\"device.status\"}");

        assertThat(reply.path("state").asString()).isEqualTo("succeeded");
        assertThat(asking.document("about").isMissingNode()).isTrue();
      } finally {
        other.kill();
      }
    }
  }

  @Test
  void everyCommandIsAnsweredBeforeTheAgentLeaves() throws Exception {
    Path own = Files.createDirectory(folder.resolve("leaving"));
    try (TcpWire line = TcpWire.serve(new EscPosPrinter(), 0);
        RawCenter asking = new RawCenter(broker.url(), "Q")) {
      String printer =
          "- {id: printer, driver: esc-pos, connection: \"tcp:127.0.0.1:" + line.port() + "\"}";
      Path file = RunningPoint.write(own, broker.url(), printer);
      Files.writeString(file, Files.readString(file).replace("id: P", "id: Q"));
      AgentProcess other = AgentProcess.run(file);
      asking.awaitDocument("device/printer", "state", "READY");
      for (int i = 0; i < 8; i++) {
        String print =
            "{\"id\":\"t%d\",\"operation\":\"ticket.print\",\"parameters\":{\"lines\":[{\"text\":\"号\"}]}}"
                .formatted(i);
        asking.send(
            "printer",
            print.getBytes(StandardCharsets.UTF_8),
            Optional.of(asking.topic("reply/raw")),
            false);
      }
      await().until(() -> asking.replies() > 0);

      assertThat(other.end()).isZero();

      await().atMost(Duration.ofSeconds(10)).until(() -> asking.replies() == 8);
      asking.awaitDocument("status", "state", "offline");
    }
  }

  @Test
  void aSecondMachineUnderTheSamePointIdIsTold() throws Exception {
    Path own = Files.createDirectory(folder.resolve("clone"));
    AgentProcess other = AgentProcess.run(RunningPoint.write(own, broker.url(), "[]"));
    try {
      assertThat(agent.line("if another machine has this point id")).contains("doorstep-P");
    } finally {
      other.kill();
    }
  }

  @Test
  void aReaderThatIsUnpluggedIsOfflineAndComesBack() {
    wire.stop();
    center.awaitDocument("device/reader", "state", "OFFLINE");
    assertThat(center.document("device/reader").path("cause").path("layer").asString())
        .isEqualTo("LINK");

    wire.start();
    center.awaitDocument("device/reader", "state", "READY");
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> center.document("device/reader").path("cause").isMissingNode());
  }

  @Test
  void aSecondAgentWithTheSameLocalPortSaysSo() throws IOException, InterruptedException {
    Path other = folder.resolve("other.yaml");
    String yaml = Files.readString(folder.resolve("doorstep.yaml"));
    Files.writeString(
        other,
        yaml.replace("local: {port: 0}", "local: {port: " + agent.localPort() + "}")
            + "data: elsewhere/\n");

    List<String> said = AgentProcess.run(other).linesUntilItEnds(2);

    assertThat(said).anySatisfy(line -> assertThat(line).contains("is taken", "local: {port"));
  }

  @Test
  void aSecondAgentOnTheSameDataFolderSaysSo() throws IOException, InterruptedException {
    List<String> said = AgentProcess.run(folder.resolve("doorstep.yaml")).linesUntilItEnds(2);

    assertThat(said).anySatisfy(line -> assertThat(line).contains("data folder", "data:"));
  }

  private static String reader(int port) {
    return "- {id: reader, driver: sam-id-card, connection: \"tcp:127.0.0.1:" + port + "\"}";
  }
}
