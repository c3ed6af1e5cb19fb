package dev.doorstep.driver.transport.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.transport.Screen;
import dev.doorstep.driver.transport.ScreenView;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class ScreenChannelTest {
  private static final Duration LONG = Duration.ofSeconds(10);
  private ScreenServer server;
  private Screen screen;

  @BeforeEach
  void start() throws IOException {
    restart(Limits.USUAL);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void restart(Limits limits) throws IOException {
    if (server != null) {
      server.close();
    }
    server = ScreenServerTest.start(limits);
    screen = server.screen("pad").orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-No: origin",
        "Origin: null",
        "Origin: http://evil.example",
        "Origin: http://127.0.0.1",
        "Origin: https://HOST",
        "Origin: http://HOST.evil.example",
        "Origin: http://HOST\r\nOrigin: http://HOST"
      })
  void refusesForeignPages(String origin) throws IOException {
    String own = origin.replace("HOST", Line.host(server));
    assertThat(refusal(Line.upgrade(server, "pad", own))).startsWith("HTTP/1.1 403 ");
    assertThat(screen.shown()).isFalse();
  }

  @Test
  void refusesAForeignHostEvenWithItsOwnOrigin() throws IOException {
    String rebound =
        Line.upgrade(server, "pad", "Origin: http://evil.example")
            .replace("Host: " + Line.host(server), "Host: evil.example");
    assertThat(refusal(rebound)).startsWith("HTTP/1.1 403 ");
  }

  @Test
  void refusesWhatIsNoUpgrade() throws IOException {
    String whole = Line.upgrade(server, "pad", "Origin: http://" + Line.host(server));
    assertThat(refusal(whole.replace("Version: 13", "Version: 8"))).startsWith("HTTP/1.1 426 ");
    assertThat(refusal(whole.replace("Upgrade: websocket", "Upgrade: h2c")))
        .startsWith("HTTP/1.1 426 ");
    assertThat(refusal(whole.replaceAll("Sec-WebSocket-Key.*\r\n", "")))
        .startsWith("HTTP/1.1 400 ");
    assertThat(refusal(whole.replace("/pad/", "/nobody/"))).startsWith("HTTP/1.1 404 ");
  }

  private String refusal(String request) throws IOException {
    try (Line line = Line.to(server)) {
      return line.exchange(request);
    }
  }

  @Test
  void aPageGetsWhatIsShownAndWhatFollows() throws Exception {
    assertThat(screen.shown()).isFalse();
    try (Line page = Line.page(server, "pad")) {
      assertThat(page.next().text()).isEqualTo("idle");
      assertThat(screen.shown()).isTrue();
      screen.show(ScreenView.of("非常满意 one"));
      screen.show(ScreenView.of("two"));
      assertThat(page.next().text()).isEqualTo("非常满意 one");
      assertThat(page.next().text()).isEqualTo("two");
    }
    await().until(() -> !screen.shown());
    screen.show(ScreenView.of("three"));
    try (Line again = Line.page(server, "pad")) {
      assertThat(again.next().text()).as("after the reconnection").isEqualTo("three");
    }
  }

  @Test
  void twoPagesOfAScreenShowTheSame() throws Exception {
    try (Line left = open();
        Line right = open();
        Line other = Line.page(server, "second")) {
      screen.show(ScreenView.of("task"));
      assertThat(left.next().text()).isEqualTo("task");
      assertThat(right.next().text()).isEqualTo("task");
      right.type("answer");
      assertThat(receive()).contains("answer");
      assertThat(other.next().text()).isEqualTo("idle");
    }
  }

  @Test
  void showingDiscardsWhatCameBefore() throws Exception {
    try (Line page = open()) {
      page.type("early");
      page.frame(Line.PING, new byte[] {1});
      assertThat(page.next().opcode()).as("the early text is in").isEqualTo(Line.PONG);
      screen.show(ScreenView.of("task"));
      assertThat(page.next().text()).isEqualTo("task");
      page.type("answer");
      assertThat(receive()).contains("answer");
      assertThat(screen.receive(Deadline.after(Duration.ofMillis(20)))).isEmpty();
    }
  }

  @Test
  void dropsAFlood() throws Exception {
    try (Line page = open()) {
      for (int i = 0; i < 100; i++) {
        page.type("flood " + i);
      }
      page.frame(Line.PING, new byte[0]);
      assertThat(page.next().opcode()).isEqualTo(Line.PONG);
    }
    List<String> kept = new ArrayList<>();
    for (Optional<String> next = now(); next.isPresent(); next = now()) {
      kept.add(next.get());
    }
    assertThat(kept).hasSize(Limits.INPUT).startsWith("flood 0", "flood 1");
  }

  @Test
  void closingTheScreenShowsIdleAndEndsTheWait() throws Exception {
    try (Line page = open()) {
      screen.show(ScreenView.of("task"));
      assertThat(page.next().text()).isEqualTo("task");
      CompletableFuture<ErrorCode> waiting = waiting(screen);
      screen.close();
      screen.close();
      assertThat(waiting.get()).isEqualTo(ErrorCode.DISCONNECTED);
      assertThat(page.next().text()).isEqualTo("idle");
      screen.show(ScreenView.of("not any more"));
      Screen next = server.screen("pad").orElseThrow();
      next.show(ScreenView.of("next"));
      screen.show(ScreenView.REST); // by who held it before
      next.show(ScreenView.of("more"));
      assertThat(List.of(page.next().text(), page.next().text(), page.next().text()))
          .containsExactly("idle", "next", "more");
    }
  }

  @Test
  void theNextDriverTakesTheScreenOver() throws Exception {
    CompletableFuture<ErrorCode> waiting = waiting(screen);
    Screen next = server.screen("pad").orElseThrow();
    assertThat(waiting.get()).isEqualTo(ErrorCode.DISCONNECTED);
    next.show(ScreenView.of("next"));
    screen.close();
    try (Line page = Line.page(server, "pad")) {
      assertThat(page.next().text()).isEqualTo("next");
      assertThat(next.shown()).isTrue();
      assertThat(screen.shown()).isFalse();
    }
  }

  @Test
  void closingTheServerDisconnectsDriverAndPage() throws Exception {
    try (Line page = open()) {
      CompletableFuture<ErrorCode> waiting = waiting(screen);
      server.close();
      assertThat(waiting.get()).isEqualTo(ErrorCode.DISCONNECTED);
      assertThat(page.next().text()).isEqualTo("idle");
      assertThat(page.next().closeCode()).isEqualTo(1001);
      assertThat(page.ended()).isTrue();
    }
    assertThatThrownBy(this::receive).isInstanceOf(DeviceException.class);
  }

  @Test
  void takesTextsOfAtMost60KiB() throws Exception {
    try (Line page = open()) {
      page.type("a".repeat(Limits.MESSAGE));
      assertThat(receive()).hasValueSatisfying(text -> assertThat(text).hasSize(Limits.MESSAGE));
      page.frame(Line.TEXT, "1".getBytes(StandardCharsets.UTF_8), true);
      page.frame(0x80, "2".getBytes(StandardCharsets.UTF_8), true);
      assertThat(receive()).as("in two frames").contains("12");
      page.type("a".repeat(Limits.MESSAGE + 1));
      assertThat(page.next().closeCode()).isEqualTo(1009);
      assertThat(page.ended()).isTrue();
    }
    try (Line page = open()) {
      page.frame(Line.TEXT, new byte[Limits.MESSAGE - 96], true);
      page.frame(0x80, new byte[97], true);
      assertThat(page.ended()).as("too large in two frames").isTrue();
    }
    assertThat(now()).isEmpty();
  }

  @Test
  void refusesWhatIsNoMaskedText() throws Exception {
    try (Line unharmed = open()) {
      try (Line binary = open()) {
        binary.frame(Line.BINARY, new byte[] {1, 2, 3});
        assertThat(binary.next().closeCode()).isEqualTo(1003);
        assertThat(binary.ended()).isTrue();
      }
      try (Line plain = open()) {
        plain.frame(0x80 | Line.TEXT, "hello".getBytes(StandardCharsets.UTF_8), false);
        assertThat(plain.next().closeCode()).isEqualTo(1002);
        assertThat(plain.ended()).isTrue();
      }
      try (Line noText = open()) {
        noText.frame(Line.TEXT, new byte[] {(byte) 0xc3, 0x28});
        assertThat(noText.ended()).isTrue();
      }
      try (Line reserved = open()) {
        reserved.frame(0xf0 | Line.TEXT, new byte[1], true);
        assertThat(reserved.ended()).isTrue();
      }
      assertThat(now()).isEmpty();
      unharmed.type("still here");
      assertThat(receive()).contains("still here");
    }
  }

  @Test
  void answersAFarewell() throws Exception {
    try (Line page = open()) {
      page.frame(Line.CLOSE, new byte[] {0x03, (byte) 0xe8});
      assertThat(page.next().closeCode()).isEqualTo(1000);
      assertThat(page.ended()).isTrue();
      await().until(() -> !screen.shown());
    }
  }

  @Test
  void noticesADeadPage() throws Exception {
    restart(new Limits(64, 8, LONG, Duration.ofSeconds(1), LONG));
    try (Line dead = open();
        Line alive = open()) {
      for (int i = 0; i < 3; i++) {
        Line.Frame ping = alive.next();
        assertThat(ping.opcode()).isEqualTo(Line.PING);
        alive.frame(Line.PONG, ping.bytes());
      }
      assertThat(dead.next().opcode()).isEqualTo(Line.PING);
      assertThat(dead.ended()).isTrue();
      assertThat(screen.shown()).isTrue();
    }
  }

  @Test
  void tellsOnePageTooManyToTryLater() throws Exception {
    restart(new Limits(64, 1, LONG, LONG, LONG));
    try (Line first = open();
        Line tooMany = Line.page(server, "pad")) {
      assertThat(tooMany.next().closeCode()).isEqualTo(1013);
      assertThat(tooMany.ended()).isTrue();
      screen.show(ScreenView.of("task"));
      assertThat(first.next().text()).isEqualTo("task");
    }
    await().until(() -> !screen.shown());
    try (Line next = Line.page(server, "pad")) {
      assertThat(next.next().text()).isEqualTo("task");
    }
  }

  @Test
  void dropsAPageThatDoesNotRead() throws Exception {
    try (Line slow = open()) {
      String large = "a".repeat(100_000);
      for (int i = 0; i < 500 && screen.shown(); i++) {
        screen.show(ScreenView.of(large));
      }
      await().until(() -> !screen.shown());
      assertThat(slow.ended()).isTrue();
    }
  }

  @Test
  void servesTheFilesOfWhatIsShownAndNothingElse() throws Exception {
    Content.Data picture = Content.of("image/png", new byte[] {1, 2, 3});
    screen.show(new ScreenView("task", Map.of("x-0", picture)));
    assertThat(get("/screen/pad/file/x-0")).contains("200 OK", "image/png", "no-store");
    assertThat(get("/screen/pad/file/x-1")).contains("404");
    assertThat(get("/screen/other/file/x-0")).contains("404");
    assertThat(get("/screen/pad/file/../file/x-0")).contains("404");
    screen.show(ScreenView.of("next"));
    assertThat(get("/screen/pad/file/x-0")).contains("404");
    screen.show(new ScreenView("task", Map.of("x-0", picture)));
    screen.show(ScreenView.REST);
    assertThat(get("/screen/pad/file/x-0")).contains("404");
  }

  @Test
  void pagesThatRestHearOfAnotherIdleText() throws Exception {
    try (Line page = open()) {
      server.idle("idle 2");
      assertThat(page.next().text()).isEqualTo("idle 2");
      screen.show(ScreenView.of("task"));
      assertThat(page.next().text()).isEqualTo("task");
      server.idle("idle 3");
      screen.show(ScreenView.REST);
      assertThat(page.next().text()).isEqualTo("idle 3");
    }
  }

  @Test
  void logsNothingThatWasTyped() throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger("dev.doorstep");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.setLevel(Level.TRACE);
    logger.addAppender(log);
    try (Line page = open();
        Line binary = open()) {
      page.type("SECRET");
      assertThat(receive()).contains("SECRET");
      binary.frame(Line.BINARY, "SECRET".getBytes(StandardCharsets.UTF_8));
      assertThat(binary.ended()).isTrue();
      assertThat(refusal("GET /screen/SECRET HTTP/1.1\r\nHost: SECRET\r\n\r\n")).contains("403");
      page.type("SECRET" + "a".repeat(Limits.MESSAGE));
      assertThat(page.ended()).isTrue();
    } finally {
      logger.detachAppender(log);
      logger.setLevel(null);
    }
    assertThat(log.list).isNotEmpty().noneMatch(event -> event.toString().contains("SECRET"));
    assertThat(log.list).noneMatch(event -> event.getThrowableProxy() != null);
  }

  private String get(String path) throws IOException {
    return refusal("GET " + path + " HTTP/1.1\r\nHost: " + Line.host(server) + "\r\n\r\n");
  }

  /** A page that has read what was shown when it was opened. */
  private Line open() throws IOException {
    Line page = Line.page(server, "pad");
    assertThat(page.next().opcode()).isEqualTo(Line.TEXT);
    return page;
  }

  private Optional<String> receive() throws DeviceException {
    return screen.receive(Deadline.after(Duration.ofSeconds(5)));
  }

  private Optional<String> now() throws DeviceException {
    return screen.receive(Deadline.after(Duration.ZERO));
  }

  /** The error that ends a wait for a text that never comes. */
  private static CompletableFuture<ErrorCode> waiting(Screen screen) {
    CompletableFuture<ErrorCode> end = new CompletableFuture<>();
    Thread waiter =
        new Thread(
            () -> {
              try {
                screen.receive(Deadline.after(Duration.ofSeconds(30)));
                end.completeExceptionally(new AssertionError("the wait ended in vain"));
              } catch (DeviceException e) {
                end.complete(e.code());
              }
            },
            "doorstep-test-waiter");
    waiter.setDaemon(true);
    waiter.start();
    await().until(() -> waiter.getState() == Thread.State.TIMED_WAITING);
    return end;
  }
}
