package dev.doorstep.agent.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorstep.agent.Agent;
import dev.doorstep.agent.RunningPoint;
import dev.doorstep.agent.StartException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalServerTest {
  @TempDir private Path folder;
  private Agent agent;

  @BeforeEach
  void start() throws Exception {
    agent =
        RunningPoint.start(
            folder,
            "mqtt://127.0.0.1:1",
            "- {id: reader, driver: sam-id-card, connection: \"tcp:127.0.0.1:1\"}");
  }

  @AfterEach
  void stop() {
    agent.close();
  }

  @Test
  void tellsHealthAndMetrics() throws Exception {
    assertThat(ask("GET /health", host(), ""))
        .startsWith("HTTP/1.1 200")
        .contains("\"online\":false", "\"devices\":{\"reader\":\"");
    assertThat(ask("POST /command/reader", host() + bearer(), "{}")).contains("MALFORMED");
    assertThat(ask("GET /metrics", host(), ""))
        .contains("doorstep_commands_total{device=\"reader\",error=\"MALFORMED\"");
  }

  @Test
  void carriesOutACommandForWhoeverCanReadTheToken() throws Exception {
    String command = "{\"id\":\"a\",\"operation\":\"id-card.read\"}";

    assertThat(ask("POST /command/reader", host() + bearer(), command))
        .startsWith("HTTP/1.1 200")
        .contains("\"state\":\"failed\"", "NOT_CONNECTED");
    assertThat(ask("POST /command/reader", host(), command)).startsWith("HTTP/1.1 401");
    assertThat(ask("POST /command/reader", host() + "Authorization: Bearer x\r\n", command))
        .startsWith("HTTP/1.1 401");
    assertThat(ask("POST /command/re..r", host() + bearer(), command)).startsWith("HTTP/1.1 404");
  }

  @Test
  void onlyTheOwnerCanReadTheToken() throws IOException {
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("data/local.token"))))
        .isEqualTo("rw-------");
  }

  @Test
  void aPageOfAForeignNameIsRefused() throws Exception {
    assertThat(ask("GET /health", "Host: evil.example\r\n", "")).startsWith("HTTP/1.1 403");
    assertThat(ask("GET /other", host(), "")).startsWith("HTTP/1.1 404");
  }

  @Test
  void aPortThatIsTakenIsSaidWithWhatToDo() {
    assertThatThrownBy(
            () -> LocalServer.bind(agent, agent.localPort().orElseThrow(), folder.resolve("x")))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("port " + agent.localPort().orElseThrow() + " is taken")
        .hasMessageContaining("set local: {port: …}");
  }

  private String host() {
    return "Host: 127.0.0.1:" + agent.localPort().orElseThrow() + "\r\n";
  }

  private String bearer() throws IOException {
    return "Authorization: Bearer " + LocalToken.read(folder.resolve("data")) + "\r\n";
  }

  private String ask(String line, String headers, String body) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), agent.localPort().orElseThrow())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              (line
                      + " HTTP/1.1\r\n"
                      + headers
                      + "Connection: close\r\nContent-Length: "
                      + body.length()
                      + "\r\n\r\n"
                      + body)
                  .getBytes(StandardCharsets.UTF_8));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
          .lines()
          .collect(Collectors.joining("\n"));
    }
  }
}
