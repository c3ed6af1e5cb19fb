package dev.doorstep.agent.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.doorstep.agent.Agent;
import dev.doorstep.agent.RunningPoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a program of this machine asks, the server answers or hangs up, and every command ends.
 */
class LocalServerFuzzTest {
  @TempDir private static Path folder;
  private static Agent agent;

  @BeforeAll
  static void start() throws Exception {
    agent =
        RunningPoint.start(
            folder,
            "mqtt://127.0.0.1:1",
            "- {id: reader, driver: sam-id-card, connection: \"tcp:127.0.0.1:1\"}");
  }

  @AfterAll
  static void stop() {
    agent.close();
  }

  @MethodSource("requests")
  @FuzzTest
  void request(byte[] sent) throws IOException {
    String answer = answer(sent);

    if (!answer.isEmpty()) {
      assertThat(answer).matches("(?s)HTTP/1\\.1 [1-5][0-9]{2}.*");
    }
  }

  /** What comes over the broker goes the same way, only without the token. */
  @MethodSource("commands")
  @FuzzTest
  void command(byte[] message) throws IOException {
    String head =
        "POST /command/reader HTTP/1.1\r\nHost: 127.0.0.1:"
            + agent.localPort().orElseThrow()
            + "\r\nAuthorization: Bearer "
            + LocalToken.read(folder.resolve("data"))
            + "\r\nConnection: close\r\nContent-Length: "
            + message.length
            + "\r\n\r\n";
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    sent.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    sent.writeBytes(message);

    assertThat(answer(sent.toByteArray()))
        .startsWith("HTTP/1.1 200")
        .containsPattern("\"state\":\"(succeeded|rejected|failed|expired)\"");
  }

  static Stream<byte[]> requests() {
    return Stream.of(
            "GET /health HTTP/1.1\r\nHost: localhost:7788\r\nConnection: close\r\n\r\n",
            "GET /metrics HTTP/1.0\r\n\r\n",
            "POST /command/r HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n",
            "GET mailto:x HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET http:x HTTP/1.1\r\nHost: a\r\n\r\n")
        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
  }

  static Stream<byte[]> commands() {
    return Stream.of(
            "{\"id\":\"a\",\"operation\":\"id-card.read\",\"parameters\":{\"wait\":\"PT1S\"}}",
            "{\"id\":\"b\",\"operation\":\"device.status\",\"timeout\":\"PT1S\",\"updates\":true}",
            "{\"id\":\"c\",\"operation\":\"x\"}",
            "{\"id\":7}")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  private static String answer(byte[] sent) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), agent.localPort().orElseThrow())) {
      socket.setSoTimeout(4_000);
      socket.getOutputStream().write(sent);
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (SocketException e) {
      return ""; // hung up on what it did not read to the end
    }
  }
}
