package dev.doorstep.driver.webscreen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
  private final URI page;
  private final WebSocket socket;

  TestPage(URI page) {
    this.page = page;
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

  /** Fetches a file of what is shown; empty if there is none. */
  byte[] file(String name) throws IOException, InterruptedException {
    URI at = URI.create(page + "/file/" + name);
    var answer =
        CLIENT.send(HttpRequest.newBuilder(at).build(), HttpResponse.BodyHandlers.ofByteArray());
    return answer.statusCode() == 200 ? answer.body() : new byte[0];
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
    return nextTask("evaluation");
  }

  /** Passes over what was shown before, up to the next task of a name. */
  JsonNode nextTask(String task) throws InterruptedException {
    JsonNode message = next();
    while (!task.equals(message.path("task").asString())) {
      message = next();
    }
    return message;
  }

  @Override
  public void close() {
    socket.abort();
  }
}
