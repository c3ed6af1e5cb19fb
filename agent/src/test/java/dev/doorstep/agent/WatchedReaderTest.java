package dev.doorstep.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorstep.simulator.device.ResidencePermit;
import dev.doorstep.simulator.device.SamReader;
import dev.doorstep.simulator.device.TcpWire;
import dev.doorstep.simulator.testing.MosquittoBroker;
import dev.doorstep.simulator.testing.RealComponent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A card that is placed is told to the center, which then reads it. */
@RealComponent("mosquitto")
class WatchedReaderTest {
  private static final ResidencePermit CARD = ResidencePermit.generated(5);
  @TempDir private Path folder;
  private final SamReader reader = new SamReader();
  private MosquittoBroker broker;
  private TcpWire wire;

  @BeforeEach
  void start() {
    broker = MosquittoBroker.start(folder);
    wire = TcpWire.serve(reader, 0);
  }

  @AfterEach
  void stop() {
    wire.close();
    broker.close();
  }

  @Test
  void theCenterHearsOfACardAndReadsItWhereItLies() throws Exception {
    try (RawCenter center = new RawCenter(broker.url(), "P");
        Agent agent = RunningPoint.start(folder, broker.url(), device())) {
      assertThat(agent).isNotNull();
      center.awaitDocument("device/reader", "state", "READY");
      reader.place(CARD);
      center.awaitDocument("event/reader", "event", "card.placed");
      JsonNode placed = center.document("event/reader");
      assertThat(placed.path("data").toString()).isEqualTo("{\"type\":\"HMT_RESIDENCE\"}");

      JsonNode reply =
          center.call(
              "reader",
              "{\"id\":\"r1\",\"operation\":\"id-card.read\",\"parameters\":{\"wait\":\"PT0S\"}}");
      assertThat(reply.path("result").path("number").asString()).isEqualTo(CARD.number());
      assertThat(reader.reads()).isEqualTo(1);

      reader.lift();
      center.awaitDocument("event/reader", "event", "card.removed");
      JsonNode removed = center.document("event/reader");
      assertThat(removed.path("data").toString()).isEqualTo("{}");
      assertThat(removed.path("sequence").asInt()).isEqualTo(placed.path("sequence").asInt() + 1);
    }
  }

  @Test
  void nothingOfItIsOnDiskWhileTheBrokerIsAway() throws Exception {
    try (RawCenter center = new RawCenter(broker.url(), "P");
        Agent agent = RunningPoint.start(folder, broker.url(), device())) {
      assertThat(agent).isNotNull();
      center.awaitDocument("device/reader", "state", "READY");
      broker.kill();
      reader.place(CARD);
      await().atMost(Duration.ofSeconds(20)).until(() -> reader.reads() == 1);
    }
    try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
      assertThat(files.filter(Files::isRegularFile))
          .isNotEmpty()
          .allSatisfy(file -> assertThat(text(file)).doesNotContain("card.placed", CARD.number()));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private String device() {
    return "- {id: reader, driver: sam-id-card, connection: \"tcp:127.0.0.1:%d\", watch: true}"
        .formatted(wire.port());
  }
}
