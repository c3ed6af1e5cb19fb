package dev.doorstep.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorstep.protocol.DeviceStatus;
import dev.doorstep.simulator.VirtualCounter;
import dev.doorstep.simulator.device.ResidentCard;
import dev.doorstep.simulator.testing.MosquittoBroker;
import dev.doorstep.simulator.testing.RealComponent;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The centers in other languages of {@code protocol/samples}, against a whole point. */
@RealComponent("mosquitto")
class SamplesTest {
  private static final Path SAMPLES = Path.of("../protocol/samples");

  @TempDir private Path folder;
  private MosquittoBroker broker;
  private VirtualCounter counter;
  private Agent agent;

  @BeforeEach
  void start() throws Exception {
    broker = MosquittoBroker.start(folder);
    counter = VirtualCounter.start(folder);
    agent =
        RunningPoint.start(
            folder,
            broker.url(),
            """
            - {id: reader,  driver: sam-id-card,  connection: "%s"}
            - {id: camera,  driver: video-camera, connection: "%s"}
            - {id: printer, driver: esc-pos,      connection: "%s"}
            """
                .formatted(
                    counter.connection("reader"),
                    counter.connection("camera"),
                    counter.connection("printer")));
    await().atMost(Duration.ofSeconds(20)).until(this::ready);
  }

  private boolean ready() {
    return agent.isOnline()
        && agent.devices().lanes().stream()
            .allMatch(lane -> lane.status().state().is(DeviceStatus.State.READY));
  }

  @AfterEach
  void stop() {
    agent.close();
    counter.close();
    broker.close();
  }

  @Test
  @RealComponent("python3-paho-mqtt")
  void python() throws Exception {
    makesAVisit("/usr/bin/python3", sample("python/center.py"), "127.0.0.1:" + broker.port());
    saysWhatFailed("/usr/bin/python3", sample("python/center.py"), "127.0.0.1:" + broker.port());
  }

  @Test
  @RealComponent("node")
  @RealComponent("mqtt-for-node")
  void node() throws Exception {
    makesAVisit("node", sample("node/center.js"), broker.url());
    saysWhatFailed("node", sample("node/center.js"), broker.url());
  }

  @Test
  @RealComponent("mosquitto_rr")
  @RealComponent("jq")
  void shell() throws Exception {
    makesAVisit("bash", sample("shell/center.sh"), "127.0.0.1:" + broker.port());
    saysWhatFailed("bash", sample("shell/center.sh"), "127.0.0.1:" + broker.port());
  }

  private void makesAVisit(String program, String sample, String address) throws Exception {
    counter.reader().place(ResidentCard.specimen());
    File page = folder.resolve("page.jpg").toFile();
    int before = counter.printer().tickets().size();

    String printed = run(0, program, sample, address, "P", "hall-1", page.toString());

    assertThat(printed)
        .containsSubsequence(
            "id-card.read: succeeded",
            "card: RESIDENT 11010519491231002X",
            "ticket.print: succeeded",
            "ticket: PRINTED",
            "ticket.print: succeeded",
            "ticket: PRINTED",
            "document.capture: succeeded",
            "agent.release: succeeded",
            "page: ");
    assertThat(counter.printer().tickets()).hasSize(before + 1); // though it was sent twice
    var image = ImageIO.read(page);
    assertThat(printed)
        .contains("page: " + image.getWidth() + " x " + image.getHeight() + " in " + page);
  }

  /** No such device at the point: the error's code and its recovery are told. */
  private void saysWhatFailed(String program, String sample, String address) throws Exception {
    counter.fault("reader", "gone");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                agent
                    .devices()
                    .find("reader")
                    .orElseThrow()
                    .status()
                    .state()
                    .is(DeviceStatus.State.OFFLINE));

    assertThat(run(1, program, sample, address, "P", "hall-1", "unused"))
        .contains("id-card.read: failed", "NOT_CONNECTED: ")
        .doesNotContain("ticket");
  }

  private static String sample(String file) {
    return SAMPLES.resolve(file).toString();
  }

  private static String run(int status, String... command) throws Exception {
    Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
    try {
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).as(printed).isTrue();
      assertThat(process.exitValue()).as(printed).isEqualTo(status);
      return printed;
    } finally {
      process.destroyForcibly();
    }
  }
}
