package dev.doorstep.driver.transport.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScreenServerTest {
  static final Page PAGE =
      Page.load(ScreenServerTest.class, "idle", "test.html", "test.css", "test.js");
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private ScreenServer server;

  @BeforeEach
  void start() throws IOException {
    server = start(Limits.USUAL);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  static ScreenServer start(Limits limits) throws IOException {
    return ScreenServer.start(ANY, Optional.empty(), List.of("pad", "second"), PAGE, limits);
  }

  @Test
  void servesThePageOfAScreen() throws IOException {
    assertThat(get("/screen/pad"))
        .startsWith("HTTP/1.1 200 OK")
        .containsIgnoringCase("content-type: text/html; charset=utf-8")
        .endsWith("<!doctype html><title>test</title>\n");
    assertThat(get("/screen/second?kiosk=1")).startsWith("HTTP/1.1 200 OK");
  }

  @Test
  void servesTheFilesOfThePage() throws IOException {
    assertThat(get("/screen/test.css"))
        .startsWith("HTTP/1.1 200 OK")
        .containsIgnoringCase("content-type: text/css; charset=utf-8")
        .endsWith("body { color: black; }\n");
    assertThat(get("/screen/test.js"))
        .containsIgnoringCase("content-type: text/javascript; charset=utf-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/screen/pad", "/screen/test.js", "/screen/nobody", "/"})
  void allowsNothingFromElsewhereAndKeepsNothing(String path) throws IOException {
    assertThat(get(path))
        .containsIgnoringCase("content-security-policy: default-src 'none'; script-src 'self';")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe", "*")
        .containsIgnoringCase("x-content-type-options: nosniff")
        .containsIgnoringCase("x-frame-options: DENY")
        .containsIgnoringCase("referrer-policy: no-referrer")
        .containsIgnoringCase("cross-origin-resource-policy: same-origin")
        .containsIgnoringCase("cache-control: no-store")
        .doesNotContainIgnoringCase("access-control-", "set-cookie", "server:");
  }

  @Test
  void whoKnowsTheAddressAloneIsShownTheWayToEachScreen() throws IOException {
    assertThat(get("/")).contains("<a href=\"/screen/pad\">pad</a>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/screen",
        "/screen/",
        "/screen/nobody",
        "/screen/PAD",
        "/screen/pad/",
        "/screen/pad/test.css",
        "/screen/test.html",
        "/screen/../screen/pad",
        "/screen/pad/../test.css",
        "/screen/..%2f..%2fetc%2fpasswd",
        "/screen/%70ad",
        "/screen/./test.css",
        "/screen//test.css",
        "/screen/page/test.css",
        "/screen/ScreenServerTest.class",
        "/screen/nobody/channel",
        "/screen//channel",
        "http://127.0.0.1/screen/pad",
        "*"
      })
  void hasNothingElse(String path) throws IOException {
    assertThat(get(path)).startsWith("HTTP/1.1 404 ").endsWith("404 Not Found\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "get", "BREW"})
  void takesGetAlone(String method) throws IOException {
    String head = method + " /screen/pad HTTP/1.1\r\nHost: " + Line.host(server) + "\r\n";
    assertThat(exchange(head + "Content-Length: 5\r\n\r\nhello"))
        .startsWith("HTTP/1.1 405 ")
        .containsIgnoringCase("allow: GET");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:80", "127.0.0.1", "127.1.2.3:7788", "[::1]:7788"})
  void knowsItsOwnNames(String host) throws IOException {
    assertThat(exchange("GET /screen/pad HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:7788",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "evil.example#localhost",
        "user@localhost",
        "192.0.2.7:7788",
        "[::2]",
        "0.0.0.0",
        "2130706433",
        "localhost:",
        ""
      })
  void refusesForeignNames(String host) throws IOException {
    String refused = exchange("GET /screen/pad HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    assertThat(refused).startsWith("HTTP/1.1 403 ").endsWith("403 Forbidden\n");
    assertThat(exchange("GET /screen/nobody HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
        .as("a stranger does not learn which screens there are")
        .isEqualTo(refused);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /screen/pad HTTP/1.1\r\n\r\n",
        "GET /screen/pad HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
        "GET /screen/pad HTTP/1.0\r\nHost: localhost\r\n\r\n",
        "GET /screen/pad HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc",
        "GET /screen/pad HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET /screen/pad HTTP/1.1\r\nHost: localhost\r\nbroken\r\n header\r\n\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000 TLS?\r\n\r\n"
      })
  void refusesMalformedRequests(String request) throws IOException {
    assertThat(exchange(request)).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void boundsTheRequest() throws IOException {
    assertThat(get("/screen/" + "a".repeat(2_000))).startsWith("HTTP/1.1 414 ");
    String cookie = "Cookie: c=" + "a".repeat(9_000) + "\r\n";
    assertThat(exchange("GET /screen/pad HTTP/1.1\r\nHost: localhost\r\n" + cookie + "\r\n"))
        .startsWith("HTTP/1.1 431 ");
  }

  @Test
  void answersOneRequestPerConnection() throws IOException {
    String request = "GET /screen/test.css HTTP/1.1\r\nHost: localhost\r\n\r\n";
    assertThat(exchange(request + request)).containsOnlyOnce("HTTP/1.1 ");
  }

  @Test
  void givesUpWhoSendsTooSlowly() throws IOException {
    server.close();
    server =
        start(
            new Limits(
                64, 8, Duration.ofMillis(200), Duration.ofSeconds(10), Duration.ofSeconds(2)));
    try (Line silent = Line.to(server);
        Line half = Line.to(server)) {
      half.send("GET /screen/pad HTTP/1.1\r\nHo");
      assertThat(half.ended()).isTrue();
      assertThat(silent.ended()).isTrue();
    }
  }

  @Test
  void boundsTheConnections() throws IOException {
    server.close();
    server =
        start(
            new Limits(
                1, 8, Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(2)));
    try (Line first = Line.to(server);
        Line tooMany = Line.to(server)) {
      assertThat(tooMany.ended()).isTrue();
      assertThat(first.exchange("GET /screen/test.js HTTP/1.1\r\nHost: localhost\r\n\r\n"))
          .startsWith("HTTP/1.1 200 ");
    }
    await().untilAsserted(() -> assertThat(get("/screen/pad")).startsWith("HTTP/1.1 200 "));
  }

  @Test
  void saysThatThePortIsInUse() {
    assertThatThrownBy(
            () ->
                ScreenServer.start(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()),
                    Optional.empty(),
                    List.of("pad"),
                    PAGE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("127.0.0.1:" + server.port())
        .hasMessageContaining("in use")
        .hasMessageContaining("screen: {port: …}");
    // The thread of the one that did not start is still ending, maybe.
    await().untilAsserted(() -> assertThat(screenThreads()).hasSize(1));
  }

  @Test
  void listensOnLoopbackAlone() throws IOException {
    for (byte[] host : List.of(new byte[4], new byte[] {(byte) 192, 0, 2, 1})) {
      InetSocketAddress open = new InetSocketAddress(InetAddress.getByAddress(host), 0);
      assertThatThrownBy(() -> ScreenServer.start(open, Optional.empty(), List.of("pad"), PAGE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("loopback");
    }
  }

  @Test
  void refusesNamesThatArePaths() {
    assertThatThrownBy(() -> ScreenServer.start(ANY, Optional.empty(), List.of("a/b"), PAGE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPageThatLacksAFileIsNone() {
    assertThatThrownBy(() -> Page.load(ScreenServerTest.class, "idle", "missing.html"))
        .hasMessageContaining("missing.html");
    assertThatThrownBy(() -> Page.load(ScreenServerTest.class, "idle", "test.class"))
        .hasMessageContaining("test.class");
  }

  @Test
  void closingLeavesNeitherThreadNorPort() throws IOException {
    try (Line page = Line.page(server, "pad");
        Line silent = Line.to(server)) {
      server.close();
      server.close();
      assertThat(page.ended()).isTrue();
      assertThat(silent.ended()).isTrue();
    }
    await().untilAsserted(() -> assertThat(screenThreads()).isEmpty());
    try (ServerSocket again = new ServerSocket()) {
      again.setReuseAddress(true);
      again.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    }
    assertThat(server.screen("pad")).isEmpty();
  }

  private String get(String path) throws IOException {
    return exchange("GET " + path + " HTTP/1.1\r\nHost: " + Line.host(server) + "\r\n\r\n");
  }

  private String exchange(String request) throws IOException {
    try (Line line = Line.to(server)) {
      return line.exchange(request);
    }
  }

  private static List<String> screenThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("doorstep-screen") || name.startsWith("globalEvent"))
        .toList();
  }
}
