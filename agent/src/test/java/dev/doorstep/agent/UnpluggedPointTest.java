package dev.doorstep.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorstep.simulator.device.Cable;
import dev.doorstep.simulator.device.CodeScanner;
import dev.doorstep.simulator.device.PtyWire;
import dev.doorstep.simulator.device.ResidencePermit;
import dev.doorstep.simulator.device.SamReader;
import dev.doorstep.simulator.device.TcpWire;
import dev.doorstep.simulator.testing.MosquittoBroker;
import dev.doorstep.simulator.testing.RealComponent;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Devices of a whole point that are unplugged in the middle of a command, and work again once they
 * are plugged in, with the agent running on: three times, or {@code -Ddoorstep.unplugs=100}.
 */
@RealComponent("mosquitto")
@RealComponent("socat")
@Timeout(1800)
class UnpluggedPointTest {
  private static final int TIMES = Integer.getInteger("doorstep.unplugs", 3);

  /** Sockets and threads that the JVM and the broker's connection come and go with. */
  private static final int SLACK = 8;

  private static final ResidencePermit CARD = ResidencePermit.generated(5);
  @TempDir private Path folder;
  private final SamReader reader = new SamReader();
  private final CodeScanner scanner = new CodeScanner();
  private MosquittoBroker broker;
  private PtyWire readerCable;
  private TcpWire scannerCable;
  private int commands;

  @BeforeEach
  void start() throws Exception {
    broker = MosquittoBroker.start(folder);
    readerCable = PtyWire.serve(reader, folder.resolve("reader"));
    scannerCable = TcpWire.serve(scanner, 0);
  }

  @AfterEach
  void stop() {
    readerCable.close();
    scannerCable.close();
    broker.close();
  }

  @Test
  void whatIsUnpluggedIsToldAndWorksAgainOncePluggedIn() throws Exception {
    try (RawCenter center = new RawCenter(broker.url(), "P");
        Agent agent = RunningPoint.start(folder, broker.url(), devices())) {
      assertThat(agent).isNotNull();
      rounds(center, "reader", "id-card.read", readerCable, () -> reader.place(CARD), reader::lift);
      rounds(
          center,
          "scanner",
          "code.read",
          scannerCable,
          () -> scanner.showQr("again", StandardCharsets.US_ASCII),
          scanner::take);
    }
  }

  private void rounds(
      RawCenter center,
      String device,
      String operation,
      Cable cable,
      Runnable serve,
      Runnable takeAway)
      throws Exception {
    center.awaitDocument("device/" + device, "state", "READY");
    round(center, device, operation, cable, serve, takeAway);
    center.awaitDocument("device/" + device, "state", "READY");
    int threads = threads();
    int handles = handles();
    for (int i = 1; i < TIMES; i++) {
      round(center, device, operation, cable, serve, takeAway);
    }
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              assertThat(threads()).as("threads").isLessThanOrEqualTo(threads + SLACK);
              assertThat(handles()).as("handles").isLessThanOrEqualTo(handles + SLACK);
            });
  }

  private void round(
      RawCenter center,
      String device,
      String operation,
      Cable cable,
      Runnable serve,
      Runnable takeAway)
      throws Exception {
    int before = center.replies();
    center.send(
        device,
        command(operation, true).getBytes(StandardCharsets.UTF_8),
        Optional.of(center.topic("reply/raw")),
        false);
    int waiting = before;
    while (!center.next(waiting).path("note").isString()) {
      waiting++;
    }
    cable.stop();
    JsonNode end = center.next(waiting + 1);
    for (int n = waiting + 2; end.path("state").asString("").equals("running"); n++) {
      end = center.next(n);
    }
    assertThat(end.path("state").asString("")).isEqualTo("failed");
    assertThat(end.path("error").path("code").asString(""))
        .isIn("DISCONNECTED", "NOT_CONNECTED"); // the lane looks for it once more
    center.awaitDocument("device/" + device, "state", "OFFLINE");

    cable.start();
    serve.run();
    // One that flaps is told to be OFFLINE for a while longer, and works all the same.
    await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(
            () ->
                assertThat(
                        center.call(device, command(operation, false)).path("state").asString(""))
                    .isEqualTo("succeeded"));
    takeAway.run();
  }

  private String command(String operation, boolean updates) {
    commands++;
    return "{\"id\":\"c%d\",\"operation\":\"%s\",\"parameters\":{\"wait\":\"PT10S\"},\"updates\":%s}"
        .formatted(commands, operation, updates);
  }

  private String devices() {
    return """
        - {id: reader, driver: sam-id-card, connection: "serial:%s"}
        - {id: scanner, driver: serial-code-scanner, connection: "tcp:127.0.0.1:%d", trigger: "true"}
        """
        .formatted(readerCable.path(), scannerCable.port());
  }

  private static int threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  private static int handles() {
    return Objects.requireNonNull(Path.of("/proc/self/fd").toFile().list()).length;
  }
}
