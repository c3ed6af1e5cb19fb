package dev.doorstep.agent.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorstep.agent.Agent;
import dev.doorstep.agent.RunningPoint;
import dev.doorstep.agent.cli.Shell;
import dev.doorstep.agent.cli.VisitOutput;
import dev.doorstep.protocol.DeviceStatus;
import dev.doorstep.protocol.center.Center;
import dev.doorstep.protocol.center.CenterOptions;
import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.CapturedDocument;
import dev.doorstep.protocol.operation.IdCard;
import dev.doorstep.protocol.operation.ReadIdCard;
import dev.doorstep.simulator.VirtualCounter;
import dev.doorstep.simulator.device.ResidentCard;
import dev.doorstep.simulator.testing.MosquittoBroker;
import dev.doorstep.simulator.testing.RealComponent;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The access list that {@code center acl} prints, on a real mosquitto. */
@RealComponent("mosquitto")
class AccessListTest {
  private static final String PATTERNS = "";
  private static final String NAMED = "--point P --point Q";

  @TempDir private Path folder;
  private MosquittoBroker broker;

  private void start(String points) throws Exception {
    String[] arguments =
        ("center acl --lang en --client hall-1 --client hall-2 " + points).strip().split(" ");
    Path list = Files.writeString(folder.resolve("access.acl"), VisitOutput.of(arguments));
    broker = MosquittoBroker.start(folder, "user root", "acl_file " + list);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {PATTERNS, NAMED})
  void aPointReadsAndWritesOnlyItsOwn(String points) throws Exception {
    start(points);
    try (MqttUser p = new MqttUser(broker.url(), "P");
        MqttUser hall = new MqttUser(broker.url(), "hall-1")) {
      for (String own :
          new String[] {
            "P/reply/hall-1",
            "P/blob/hall-1/b/0",
            "P/preview/hall-1/i",
            "P/event/reader",
            "P/telemetry",
            "P/status",
            "P/about",
            "P/inspection",
            "P/device/reader"
          }) {
        assertThat(p.writes(own)).as(own).isTrue();
      }
      for (String foreign :
          new String[] {
            "P/command/reader", // to itself
            "P/upload/hall-1/b/0",
            "Q/command/reader",
            "Q/reply/hall-1",
            "Q/blob/hall-1/b/0",
            "Q/status",
            "Q/device/reader",
            "P/other"
          }) {
        assertThat(p.writes(foreign)).as(foreign).isFalse();
      }

      hall.writes("Q/command/reader");
      hall.writes("Q/upload/hall-1/b/0");
      hall.writes("P/command/reader");
      hall.writes("P/upload/hall-1/b/0");
      assertThat(p.heardUntil("P/upload/hall-1/b/0"))
          .containsExactly("P/status", "P/command/reader");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {PATTERNS, NAMED})
  void aClientReadsOnlyItsOwnRepliesAndWritesNothingOfAPoint(String points) throws Exception {
    start(points);
    try (MqttUser p = new MqttUser(broker.url(), "P");
        MqttUser hall = new MqttUser(broker.url(), "hall-1")) {
      assertThat(hall.writes("P/command/reader")).isTrue();
      assertThat(hall.writes("P/upload/hall-1/b/0")).isTrue();
      for (String foreign :
          new String[] {
            "P/upload/hall-2/b/0",
            "P/reply/hall-1",
            "P/reply/hall-2",
            "P/status",
            "P/device/reader",
            "P/event/reader"
          }) {
        assertThat(hall.writes(foreign)).as(foreign).isFalse();
      }

      p.writes("P/reply/hall-2");
      p.writes("P/blob/hall-2/b/0");
      p.writes("P/preview/hall-2/i");
      p.writes("P/reply/hall-1");
      p.writes("P/blob/hall-1/b/0");
      p.writes("P/event/reader");
      p.writes("P/status");
      assertThat(hall.heardUntil("P/status"))
          .containsExactly("P/reply/hall-1", "P/blob/hall-1/b/0", "P/event/reader");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {PATTERNS, NAMED})
  void anAgentAndACenterHaveAllThatTheyNeed(String points) throws Exception {
    start(points);
    try (VirtualCounter counter = VirtualCounter.start(folder);
        Agent agent = RunningPoint.start(configuration(counter));
        Center center =
            Center.connect(
                URI.create(broker.url()),
                "hall-1",
                CenterOptions.standard().withUser("hall-1", ""))) {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> agent.isOnline() && isReady(agent, "reader") && isReady(agent, "camera"));
      counter.reader().place(ResidentCard.specimen());

      IdCard card =
          center
              .point("P")
              .call("reader", new ReadIdCard(Duration.ofSeconds(5)), Duration.ofSeconds(10))
              .toCompletableFuture()
              .get(20, TimeUnit.SECONDS);
      CapturedDocument page =
          center
              .point("P")
              .call(
                  "camera",
                  CaptureDocument.plain(CaptureDocument.Format.JPEG),
                  Duration.ofSeconds(10))
              .toCompletableFuture()
              .get(20, TimeUnit.SECONDS);

      assertThat(card.number()).contains("11010519491231002X");
      assertThat(center.fetch(page.content()).toCompletableFuture().get(20, TimeUnit.SECONDS))
          .hasSizeGreaterThan(50_000); // a blob
      try (MqttUser reader = new MqttUser(broker.url(), "hall-2")) {
        assertThat(reader.writes("P/command/nothing")).isTrue();
        assertThat(reader.heardUntil("P/status")).doesNotContain("P/reply/hall-1"); // retained
      }
    }
  }

  @Test
  void theCheckOfAnAgentSaysWhatItMayNotTry() throws Exception {
    start(PATTERNS);
    try (VirtualCounter counter = VirtualCounter.start(folder);
        Agent agent = RunningPoint.start(configuration(counter))) {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> agent.isOnline() && isReady(agent, "reader") && isReady(agent, "camera"));

      String arguments =
          "center conform --point P --username hall-1 --lang en"
              + " --rule R4 --rule R14 --rule R26 --rule R39 --rule R44 --rule R54 --broker ";
      Shell.Left left = Shell.run((arguments + broker.url()).split(" "));

      assertThat(left.err()).isEmpty();
      assertThat(left.out().lines().map(line -> line.substring(0, 17).strip()))
          .filteredOn(line -> line.startsWith("R"))
          .containsExactly(
              "R4   not checked",
              "R14  holds",
              "R26  not checked",
              "R39  holds",
              "R44  holds",
              "R54  holds");
      assertThat(left.out())
          .contains("does not let this user write the status")
          .contains("Nothing reaches a second client");
      assertThat(left.status()).isZero();
    }
  }

  private Path configuration(VirtualCounter counter) throws Exception {
    return RunningPoint.writeWith(
        folder,
        "url: \"" + broker.url() + "\", username: P",
        """
        - {id: reader, driver: sam-id-card, connection: "%s"}
        - {id: camera, driver: video-camera, connection: "%s"}
        """
            .formatted(counter.connection("reader"), counter.connection("camera")));
  }

  private static boolean isReady(Agent agent, String device) {
    return agent.devices().find(device).orElseThrow().status().state().is(DeviceStatus.State.READY);
  }
}
