package dev.doorstep.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorstep.simulator.device.MjpegCamera;
import dev.doorstep.simulator.testing.Direction;
import dev.doorstep.simulator.testing.FaultyNetwork;
import dev.doorstep.simulator.testing.MosquittoBroker;
import dev.doorstep.simulator.testing.RealComponent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Pictures of a preview on their way to a center, over Debian's mosquitto. */
@RealComponent("mosquitto")
class MosquittoPreviewTest {
  private static final Duration AMPLE = Duration.ofSeconds(20);
  private static final int PACKET = 20_000;

  @TempDir private Path folder;
  private final MjpegCamera camera = MjpegCamera.start(0);
  private MosquittoBroker broker;
  private RawCenter center;
  private Agent agent;

  @BeforeEach
  void start() throws Exception {
    broker = MosquittoBroker.start(folder, "max_packet_size " + PACKET);
    center = new RawCenter(broker.url(), "P");
    agent =
        RunningPoint.start(
            folder,
            broker.url(),
            "- {id: camera, driver: video-camera, connection: \"mjpeg:" + camera.url() + "\"}");
    center.awaitDocument("device/camera", "state", "READY");
  }

  @AfterEach
  void stop() throws Exception {
    agent.close();
    center.close();
    broker.close();
    camera.close();
  }

  @Test
  void aCaptureInTheMiddleOfAPreviewWorksAtOnce() throws Exception {
    preview("p1", "{\"rate\":10,\"width\":160,\"time\":\"PT1M\"}");
    await().atMost(AMPLE).until(() -> center.pictures("p1").size() >= 3);

    JsonNode first = center.call("camera", "{\"id\":\"c\",\"operation\":\"document.capture\"}");

    assertThat(first.path("id").asString()).isEqualTo("p1");
    assertThat(first.path("state").asString()).isEqualTo("succeeded");
    assertThat(first.path("result").path("ended").asString()).isEqualTo("YIELDED");
    assertThat(first.path("result").path("pictures").asInt())
        .isGreaterThanOrEqualTo(center.pictures("p1").size());
    assertThat(center.next(1).path("state").asString()).isEqualTo("succeeded");
    for (byte[] picture : center.pictures("p1")) {
      assertThat(ImageIO.read(new ByteArrayInputStream(picture)).getWidth()).isEqualTo(160);
    }
    try (Stream<Path> kept = Files.walk(folder)) {
      assertThat(kept.filter(Files::isRegularFile).map(MosquittoPreviewTest::bytes))
          .noneMatch(bytes -> contains(bytes, center.pictures("p1").get(0)));
    }
  }

  @Test
  void picturesLargerThanTheBrokersPacketsAreLeftOut() throws Exception {
    preview("p2", "{\"rate\":10,\"width\":1280,\"time\":\"PT4S\"}");

    JsonNode end = center.next(0);

    assertThat(end.path("result").path("ended").asString()).isEqualTo("TIME_OVER");
    assertThat(end.path("result").path("pictures").asInt()).isPositive();
    assertThat(center.pictures("p2")).isEmpty();
  }

  /**
   * The line takes a picture in about a second; ten a second would fill its buffers for minutes.
   */
  @Test
  void onASlowLineRepliesDoNotWaitBehindPictures() throws Exception {
    Path own = Files.createDirectory(folder.resolve("slow"));
    try (FaultyNetwork line = FaultyNetwork.to(broker.port())) {
      agent.close();
      agent =
          RunningPoint.start(
              own,
              line.url(),
              "- {id: camera, driver: video-camera, connection: \"mjpeg:" + camera.url() + "\"}");
      center.awaitDocument("status", "state", "online");
      line.limit(Direction.TO_SERVER, 8_000);
      preview("p3", "{\"rate\":10,\"width\":320,\"time\":\"PT1M\"}");
      await().atMost(AMPLE).until(() -> center.pictures("p3").size() >= 2);
      int size = center.pictures("p3").get(0).length;
      long asked = System.nanoTime();

      JsonNode described = center.call("agent", "{\"id\":\"d\",\"operation\":\"agent.describe\"}");

      assertThat(described.path("id").asString()).isEqualTo("d");
      Duration most = Duration.ofSeconds(5).plusSeconds(3L * size / 8_000);
      assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(most);
      JsonNode end = center.call("camera", "{\"id\":\"s\",\"operation\":\"device.status\"}");
      assertThat(end.path("result").path("ended").asString()).isEqualTo("YIELDED");
      assertThat(end.path("result").path("pictures").asInt())
          .isGreaterThan(center.pictures("p3").size());
    }
  }

  private void preview(String id, String parameters) throws Exception {
    center.send(
        "camera",
        ("{\"id\":\""
                + id
                + "\",\"operation\":\"document.preview\",\"parameters\":"
                + parameters
                + "}")
            .getBytes(StandardCharsets.UTF_8),
        Optional.of(center.topic("reply/raw")),
        false);
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean contains(byte[] all, byte[] part) {
    return new String(all, StandardCharsets.ISO_8859_1)
        .contains(new String(part, StandardCharsets.ISO_8859_1));
  }
}
