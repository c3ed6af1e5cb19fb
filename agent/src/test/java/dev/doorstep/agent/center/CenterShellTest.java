package dev.doorstep.agent.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorstep.agent.cli.Shell;
import dev.doorstep.protocol.mqtt.BrokerAddress;
import dev.doorstep.protocol.mqtt.BrokerConnection;
import dev.doorstep.protocol.mqtt.BrokerLogin;
import dev.doorstep.protocol.mqtt.Message;
import dev.doorstep.simulator.testing.LeavesNothing;
import dev.doorstep.simulator.testing.MosquittoBroker;
import dev.doorstep.simulator.testing.RealComponent;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the center's commands leave where not all goes well. */
@RealComponent("mosquitto")
@ExtendWith(LeavesNothing.class)
class CenterShellTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int PIECE = 65_536;

  private static MosquittoBroker broker;
  @TempDir private Path folder;

  @BeforeAll
  static void start(@TempDir Path folder) {
    broker = MosquittoBroker.start(folder);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  /** A point with a large photo, of which it sends nothing, and a small fingerprint. */
  private static ScriptedPoint forgetful(String id, byte[] photo) throws Exception {
    ScriptedPoint.Script card =
        (p, c) -> {
          String large = CenterFixture.withPhoto(ScriptedPoint.blob("b", photo, PIECE));
          String small = "{\"contentType\":\"image/png\",\"base64\":\"AAEC\"},";
          String both = large.replace("\"photo\":", "\"stamp\":" + small + "\"photo\":");
          p.reply(shell(c), CenterFixture.succeeded(c.id(), both));
        };
    return new ScriptedPoint(broker.url(), id, card)
        .withAgent(
            (p, c) ->
                p.reply(
                    shell(c),
                    "{\"id\":\""
                        + c.id()
                        + "\",\"state\":\"failed\",\"error\":{\"code\":\"GONE\","
                        + "\"kind\":\"AGENT\",\"detail\":\"it is gone\"}}"));
  }

  private static String shell(ScriptedPoint.Received command) {
    String topic = command.message().getProperties().getResponseTopic();
    return topic.substring(topic.lastIndexOf('/') + 1);
  }

  private Shell.Left call(String id) {
    return Shell.run(
        "center",
        "call",
        "--broker",
        broker.url(),
        "--point",
        id,
        "reader",
        "id-card.read",
        "--save",
        folder.toString(),
        "--lang",
        "en");
  }

  @Test
  void theReplyIsPrintedAlsoIfADocumentDoesNotCome() throws Exception {
    try (ScriptedPoint point = forgetful("shell-1", CenterFixture.document(100_000))) {
      Shell.Left left = call("shell-1");

      assertThat(left.status()).as(left.err()).isEqualTo(1);
      assertThat(left.out()).contains("succeeded", "type: RESIDENT", "stamp → ");
      assertThat(left.err()).contains("photo was not saved", "GONE");
      assertThat(folder.resolve("photo.jpg")).doesNotExist();
      assertThat(Files.readAllBytes(folder.resolve("stamp.png"))).containsExactly(0, 1, 2);
      assertThat(Files.getPosixFilePermissions(folder.resolve("stamp.png")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      assertThat(point.failures()).isEmpty();
    }
  }

  @Test
  void twoShellsHaveNamesOfTheirOwn() throws Exception {
    try (ScriptedPoint point = forgetful("shell-2", CenterFixture.document(100_000))) {
      call("shell-2");
      call("shell-2");

      assertThat(point.received()).extracting(CenterShellTest::shell).doesNotHaveDuplicates();
      assertThat(point.received()).hasSize(2);
    }
  }

  @Test
  void aWatchThatIsEndedLeavesNoSessionBehind() throws Exception {
    Path output = folder.resolve("output");
    try (ScriptedPoint point = new ScriptedPoint(broker.url(), "shell-3", (p, c) -> {})) {
      Process watch =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  "dev.doorstep.agent.cli.Main",
                  "center",
                  "watch",
                  "--broker",
                  broker.url(),
                  "--client",
                  "shell-watch")
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      try {
        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(output).content().contains("shell-3"));
        watch.destroy();
        assertThat(watch.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      } finally {
        watch.destroyForcibly().waitFor();
      }
      assertThat(point.failures()).isEmpty();
    }
    assertThat(sessionIsThere("shell-watch")).isFalse();
  }

  private static boolean sessionIsThere(String client) throws Exception {
    BrokerLogin login =
        new BrokerLogin(
            BrokerAddress.of(URI.create(broker.url())),
            client,
            Optional.empty(),
            Optional.empty(),
            PATIENCE,
            Duration.ZERO,
            Optional.empty());
    BrokerConnection.Events deaf =
        new BrokerConnection.Events() {
          @Override
          public void arrived(BrokerConnection connection, Message message) {
            // nothing is subscribed to
          }

          @Override
          public void lost(BrokerConnection connection, int reason) {
            // it is closed at once
          }
        };
    try (BrokerConnection connection = BrokerConnection.open(login, List.of(), deaf)) {
      return connection.sessionPresent();
    }
  }
}
