package dev.doorstep.driver.webscreen;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The page as a client without a screen, that sends whatever it is told to. */
final class TestPage implements WebSocket.Listener, AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final JsonMapper JSON = JsonMapper.shared();

  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final StringBuilder part = new StringBuilder();
  private final WebSocket socket;

  TestPage(URI page) {
    this.socket =
        CLIENT
            .newWebSocketBuilder()
            .header("Origin", "http://" + page.getAuthority())
            .buildAsync(
                URI.create("ws://" + page.getAuthority() + page.getPath() + "/channel"), this)
            .join();
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      messages.add(part.toString());
      part.setLength(0);
    }
    from.request(1);
    return null;
  }

  void send(String text) {
    socket.sendText(text, true).join();
  }

  /** Sends an answer; the quotes in it are single ones. */
  void answer(String id, String rest) {
    send(("{'id':'" + id + "'," + rest + "}").replace('\'', '"'));
  }

  JsonNode next() throws InterruptedException {
    String message = messages.poll(10, TimeUnit.SECONDS);
    assertThat(message).as("a message for the page").isNotNull();
    return JSON.readTree(message);
  }

  /** Passes over what was shown before, up to the next question. */
  JsonNode nextQuestion() throws InterruptedException {
    JsonNode message = next();
    while (!"evaluation".equals(message.path("task").asString())) {
      message = next();
    }
    return message;
  }

  @Override
  public void close() {
    socket.abort();
  }
}
