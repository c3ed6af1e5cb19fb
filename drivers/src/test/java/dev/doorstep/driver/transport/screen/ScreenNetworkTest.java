package dev.doorstep.driver.transport.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tablets on the counter's network, which here is another address of the loopback interface. */
class ScreenNetworkTest {
  private static final Pattern COOKIE = Pattern.compile("(?i)set-cookie: ([^;]+);([^\r\n]*)");

  private final Pairing pairing = new Pairing(List.of(), tablets -> {}, System::nanoTime);
  private InetAddress address;
  private ScreenServer server;

  @BeforeEach
  void start() throws IOException {
    address = InetAddress.getByName("127.0.0.2");
    server = start(address);
  }

  private ScreenServer start(InetAddress where) throws IOException {
    return start(where, 0, Limits.USUAL);
  }

  private ScreenServer start(InetAddress where, int port, Limits limits) throws IOException {
    return ScreenServer.start(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        Optional.of(new Network(where, pairing)),
        List.of("pad"),
        ScreenServerTest.PAGE.withEntrance(ScreenNetworkTest.class, "door.html", "test.js"),
        limits);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String host() {
    return address.getHostAddress() + ":" + server.port();
  }

  private String ask(String request) throws IOException {
    try (Line line = Line.to(address, server)) {
      return line.exchange(request.replace("HOST", host()));
    }
  }

  private String get(String path, String... headers) throws IOException {
    return ask("GET " + path + " HTTP/1.1\r\nHost: HOST\r\n" + String.join("", headers) + "\r\n");
  }

  private String post(String code, String... headers) throws IOException {
    return ask(
        "POST /pair HTTP/1.1\r\nHost: HOST\r\n"
            + String.join("", headers)
            + "Content-Length: "
            + code.length()
            + "\r\n\r\n"
            + code);
  }

  private String cookie() throws IOException {
    String answer = post(pairing.begin("tablet"), "Origin: http://HOST\r\n");
    Matcher cookie = COOKIE.matcher(answer);
    assertThat(cookie.find()).as(answer).isTrue();
    assertThat(cookie.group(2)).contains("HttpOnly", "SameSite=Strict", "Path=/");
    return "Cookie: " + cookie.group(1) + "\r\n";
  }

  @Test
  void strangersSeeTheSameWhateverTheyAskFor() throws IOException {
    String seen = get("/");
    assertThat(seen).startsWith("HTTP/1.1 200 ").contains("<title>door</title>");
    for (String path :
        List.of("/screen/pad", "/screen/nobody", "/screen/pad/file/x", "/screen/test.css")) {
      assertThat(get(path)).as(path).isEqualTo(seen);
    }
    assertThat(get("/screen/pad", "Cookie: doorstep-screen=abc\r\n")).isEqualTo(seen);
    String upgrade =
        Line.upgrade(server, "pad", "Origin: http://HOST").replace(Line.host(server), "HOST");
    assertThat(ask(upgrade)).isEqualTo(seen);
    assertThat(get("/screen/test.js")).contains("text/javascript");
    assertThat(seen).containsIgnoringCase("content-security-policy: default-src 'none'");
  }

  @Test
  void aPairedTabletSeesTheScreens() throws IOException {
    String cookie = cookie();
    assertThat(get("/screen/pad", cookie)).contains("<title>test</title>");
    assertThat(get("/screen/nobody", cookie)).startsWith("HTTP/1.1 404 ");
    String upgrade =
        Line.upgrade(server, "pad", "Origin: http://HOST\r\n" + cookie.strip())
            .replace(Line.host(server), "HOST");
    try (Line line = Line.to(address, server)) {
      assertThat(line.head(upgrade.replace("HOST", host()))).startsWith("HTTP/1.1 101 ");
      assertThat(line.next().text()).isEqualTo("idle");
      assertThat(pairing.forget("tablet")).isTrue();
      assertThat(line.ended()).as("an open page of it").isTrue();
    }
    assertThat(get("/screen/pad", cookie)).contains("<title>door</title>");
  }

  @Test
  void thisMachineNeedsNoCode() throws IOException {
    try (Line line = Line.to(server)) {
      assertThat(
              line.exchange("GET /screen/pad HTTP/1.1\r\nHost: " + Line.host(server) + "\r\n\r\n"))
          .contains("<title>test</title>");
    }
    try (Line line = Line.to(server)) {
      assertThat(line.exchange("POST /pair HTTP/1.1\r\nHost: " + Line.host(server) + "\r\n\r\n"))
          .startsWith("HTTP/1.1 405 ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "localhost:PORT", "127.0.0.1:PORT", "127.0.0.2", ""})
  void aNameThatCouldBeBoundAnewIsRefused(String name) throws IOException {
    String host = name.replace("PORT", Integer.toString(server.port()));
    try (Line line = Line.to(address, server)) {
      assertThat(line.exchange("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
          .startsWith("HTTP/1.1 403 ");
    }
  }

  @Test
  void codesOfOtherPagesAndTooMuchOfThemAreRefused() throws IOException {
    String code = pairing.begin("tablet");
    assertThat(post(code)).as("no origin").startsWith("HTTP/1.1 403 ");
    assertThat(post(code, "Origin: http://evil.example\r\n")).startsWith("HTTP/1.1 403 ");
    assertThat(post("1".repeat(65), "Origin: http://HOST\r\n")).startsWith("HTTP/1.1 413 ");
    assertThat(post("", "Origin: http://HOST\r\n")).startsWith("HTTP/1.1 403 ");
    assertThat(post(code, "Origin: http://HOST\r\n")).startsWith("HTTP/1.1 200 ");
    assertThat(post(code, "Origin: http://HOST\r\n")).as("again").startsWith("HTTP/1.1 403 ");
  }

  @Test
  void strangersWhoAskTooOftenAreToldSo() throws IOException {
    String last = "";
    for (int i = 0; i < 10 * Strangers.BURST && !last.startsWith("HTTP/1.1 429 "); i++) {
      last = get("/");
    }
    assertThat(last).startsWith("HTTP/1.1 429 ");
    try (Line line = Line.to(server)) {
      assertThat(
              line.exchange("GET /screen/pad HTTP/1.1\r\nHost: " + Line.host(server) + "\r\n\r\n"))
          .as("this machine")
          .startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void oneMachineOfTheNetworkDoesNotTakeWhatAllTabletsHave() throws IOException {
    List<Line> open = new ArrayList<>();
    try {
      for (int i = 0; i < Limits.USUAL.connections() / 4; i++) {
        open.add(Line.to(address, server));
      }
      try (Line more = Line.to(address, server)) {
        assertThat(more.ended()).isTrue();
      }
      try (Line other = Line.from(InetAddress.getByName("127.0.0.9"), address, server)) {
        assertThat(other.exchange("GET / HTTP/1.1\r\nHost: " + host() + "\r\n\r\n"))
            .startsWith("HTTP/1.1 200 ");
      }
    } finally {
      for (Line line : open) {
        line.close();
      }
    }
  }

  @Test
  void aNetworkThatIsNotThereYetKeepsNobodyFromTheScreenAndIsServedOnceItIs() throws IOException {
    int port = server.port();
    server.close();
    try (ServerSocket taken = new ServerSocket(port, 1, address)) {
      assertThat(taken.isBound()).isTrue();
      Duration usual = Duration.ofSeconds(10);
      server = start(address, port, new Limits(64, 8, usual, usual, Duration.ofMillis(20)));
      try (Line line = Line.to(server)) {
        assertThat(
                line.exchange(
                    "GET /screen/pad HTTP/1.1\r\nHost: " + Line.host(server) + "\r\n\r\n"))
            .contains("<title>test</title>");
      }
      await().during(Duration.ofMillis(300)).until(taken::isBound); // it is tried several times
    }
    await()
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(() -> assertThat(get("/")).contains("<title>door</title>"));
  }

  @Test
  void addressesStandInUrlsAsBrowsersWriteThem() throws IOException {
    assertThat(Door.literal(InetAddress.getByName("fd00:0:0:0:0:0:0:2"))).isEqualTo("[fd00::2]");
    assertThat(server.addresses()).containsExactly("127.0.0.2");
  }

  @Test
  void onAllAddressesThisMachineNeedsNoCodeEither() throws IOException {
    server.close();
    server = start(InetAddress.getByName("0.0.0.0"));
    assertThat(get("/screen/pad")).contains("<title>test</title>");
  }
}
