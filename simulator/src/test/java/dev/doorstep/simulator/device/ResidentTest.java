package dev.doorstep.simulator.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResidentTest {

  private static final String HTML = "text/html; charset=utf-8";

  private static void awaitPage(PadServer server) {
    await().until(() -> server.watching() == 1);
  }

  @Test
  void opensThePageAndPressesTheLevel() {
    try (PadServer server = new PadServer(0, HTML);
        Resident resident = Resident.open(server.page())) {
      awaitPage(server);
      await().until(resident::watching);
      assertThat(server.origins()).containsExactly("http://127.0.0.1:" + server.port());

      server.ask("e1");

      await().until(() -> server.answers().size() == 1);
      assertThat(server.answers())
          .containsExactly("{\"id\":\"e1\",\"answer\":\"GIVEN\",\"level\":\"SATISFIED\"}");
      assertThat(resident.tasksSeen())
          .containsExactly(new PadTask("e1", List.of("VERY_SATISFIED", "SATISFIED"), "居住登记", "01"));
    }
  }

  @Test
  void doesAsTold() {
    try (PadServer server = new PadServer(0, HTML);
        Resident resident = Resident.open(server.page())) {
      awaitPage(server);
      resident.willDecline();
      server.ask("e1");
      await().until(() -> server.answers().size() == 1);
      resident.willPress("VERY_SATISFIED");
      server.ask("e2");
      await().until(() -> server.answers().size() == 2);

      assertThat(server.answers())
          .containsExactly(
              "{\"id\":\"e1\",\"answer\":\"DECLINED\"}",
              "{\"id\":\"e2\",\"answer\":\"GIVEN\",\"level\":\"VERY_SATISFIED\"}");
    }
  }

  @Test
  void staysAwayUntilChangingTheirMind() {
    try (PadServer server = new PadServer(0, HTML);
        Resident resident = Resident.open(server.page())) {
      awaitPage(server);
      resident.willStayAway();
      server.ask("e1");
      await().until(() -> resident.tasksSeen().size() == 1);
      resident.willPress("DISSATISFIED");
      assertThat(server.answers()).as("the page has no such button").isEmpty();

      resident.willPress("SATISFIED");

      await().until(() -> server.answers().size() == 1);
    }
  }

  @Test
  void anEvaluationThatWasTakenOffTheScreenIsNotAnswered() {
    try (PadServer server = new PadServer(0, HTML);
        Resident resident = Resident.open(server.page())) {
      awaitPage(server);
      resident.willStayAway();
      server.ask("e1");
      server.send(new TextWebSocketFrame("{\"task\":\"idle\"}"));
      server.ask("e2");
      await().until(() -> resident.tasksSeen().size() == 2);
      server.send(new TextWebSocketFrame("{\"task\":\"idle\"}"));
      resident.willDecline();
      server.ask("e3");

      await().until(() -> !server.answers().isEmpty());
      assertThat(server.answers().get(server.answers().size() - 1)).contains("e3");
      assertThat(server.answers()).noneMatch(answer -> answer.contains("e1"));
    }
  }

  @Test
  void understandsPingsAndMessagesInParts() {
    try (PadServer server = new PadServer(0, HTML);
        Resident resident = Resident.open(server.page())) {
      awaitPage(server);
      byte[] task = PadServer.task("e".repeat(64)).getBytes(StandardCharsets.UTF_8);
      server.send(new TextWebSocketFrame(false, 0, Unpooled.copiedBuffer(task, 0, 100)));
      server.send(new PingWebSocketFrame(Unpooled.copiedBuffer(new byte[] {1, 2})));
      server.send(
          new ContinuationWebSocketFrame(
              true, 0, Unpooled.copiedBuffer(task, 100, task.length - 100)));

      await().until(() -> server.answers().size() == 1);
      assertThat(resident.tasksSeen()).hasSize(1);
    }
  }

  @Test
  void readsConfirmsAndSigns() {
    try (PadServer server = new PadServer(0, HTML);
        Resident resident = Resident.open(server.page())) {
      awaitPage(server);
      server.send(read("show", "s1"));
      server.send(read("confirm", "c1"));
      server.send(read("sign", "g1"));
      await().until(() -> server.answers().size() == 5);
      assertThat(server.answers().subList(0, 4))
          .containsExactly(
              "{\"id\":\"s1\",\"answer\":\"SHOWN\"}",
              "{\"id\":\"c1\",\"answer\":\"SHOWN\"}",
              "{\"id\":\"c1\",\"answer\":\"YES\"}",
              "{\"id\":\"g1\",\"answer\":\"SHOWN\"}");
      assertThat(server.answers().get(4)).contains("\"SIGNED\"", "\"strokes\":[[600,800,0,500,");
      assertThat(resident.tasksRead())
          .extracting(ScreenTask::task)
          .containsExactly("show", "confirm", "sign");

      resident.willDecline();
      server.send(read("confirm", "c2"));
      server.send(read("sign", "g2"));
      await().until(() -> server.answers().size() == 9);
      assertThat(server.answers().get(6)).contains("\"c2\"", "\"NO\"");
      assertThat(server.answers().get(8)).contains("\"g2\"", "\"DECLINED\"");
    }
  }

  private static TextWebSocketFrame read(String task, String id) {
    return new TextWebSocketFrame("{\"task\":\"" + task + "\",\"id\":\"" + id + "\"}");
  }

  @Test
  void comesBackWhenTheServerDoes() {
    PadServer server = new PadServer(0, HTML);
    int port = server.port();
    try (Resident resident = Resident.open(server.page())) {
      awaitPage(server);
      server.close();
      await().until(() -> !resident.watching());
      try (PadServer again = new PadServer(port, HTML)) {
        await().atMost(Duration.ofSeconds(3)).until(() -> again.watching() == 1);
        again.ask("e9");
        await().until(() -> again.answers().size() == 1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"not json", "{\"task\":\"evaluation\"}", "[[[["})
  void nonsenseIsSurvived(String message) {
    try (PadServer server = new PadServer(0, HTML);
        Resident resident = Resident.open(server.page())) {
      awaitPage(server);
      server.send(new TextWebSocketFrame(message));
      await().until(() -> server.origins().size() == 2 && server.watching() == 1);
      server.ask("e1");
      await().until(() -> server.answers().size() == 1);
      assertThat(resident.tasksSeen()).hasSize(1);
    }
  }

  @Test
  void aPageThatIsNotHtmlIsNotOpened() {
    try (PadServer server = new PadServer(0, "application/json");
        Resident resident = Resident.open(server.page())) {
      await()
          .during(Duration.ofMillis(300))
          .until(() -> server.origins().isEmpty() && !resident.watching());
    }
  }

  @Test
  void onlyAnHttpAddressWithAPortIsAPage() {
    assertThatThrownBy(() -> Resident.open(URI.create("https://example.org/screen")).close())
        .isInstanceOf(IllegalArgumentException.class);
  }
}
